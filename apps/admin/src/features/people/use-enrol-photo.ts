'use client';

import type { EnrolledFace, PersonId } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { api } from '@/lib/api/api';
import { useRefreshPeople } from './use-people';

/** A photo on its way to become a template: what was chosen, what was found on it, or why it was refused. */
export function useEnrolPhoto() {
  const refresh = useRefreshPeople();
  const [photo, setPhoto] = useState<File | null>(null);
  const [face, setFace] = useState<EnrolledFace | null>(null);
  const enrol = useMutation({
    mutationFn: ({ personId, file }: { personId: PersonId; file: File }) => api.enrolPhoto(personId, file),
    onSuccess: async (result) => {
      setFace(result.face);
      await refresh();
    },
  });
  const { reset } = enrol;
  const choose = useCallback(
    (file: File) => {
      setPhoto(file);
      setFace(null);
      reset();
    },
    [reset],
  );
  return { photo, face, choose, enrol };
}
