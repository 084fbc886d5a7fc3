'use client';

import type { Person } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import { useToaster } from '@/components/ui/toast';
import { api } from '@/lib/api/api';
import { useRefreshPeople } from '../people/use-people';
import { enrolmentApi } from './enrolment-api';
import { GuidedCamera } from './guided-camera';

interface WebcamDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** Enrols a person who sits before this computer's camera. */
export function WebcamDialog({ person, onClose }: WebcamDialogProps) {
  const t = useTranslations('camera');
  const common = useTranslations('common');
  const refresh = useRefreshPeople();
  const toaster = useToaster();
  const [picture, setPicture] = useState<Blob | null>(null);
  const enrol = useMutation({
    mutationFn: (taken: Blob) =>
      api.enrolPhoto(person.id, new File([taken], 'camera.jpg', { type: 'image/jpeg' })),
    onSuccess: async () => {
      await refresh();
      toaster.done(t('enrolled', { name: person.name }));
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('dialogTitle', { name: person.name })}
      description={t('description')}
    >
      <div className="grid gap-4 px-5 pt-1 pb-5">
        <GuidedCamera look={enrolmentApi.look} onPicture={setPicture} />
        <Refusal error={enrol.error} />
      </div>
      <DialogFooter>
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button
          variant="primary"
          disabled={!picture}
          pending={enrol.isPending}
          onClick={() => picture && enrol.mutate(picture)}
        >
          {t('use')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
