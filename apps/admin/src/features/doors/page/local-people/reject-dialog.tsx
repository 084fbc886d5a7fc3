'use client';

import type { Door, LocalPersonAtDoor } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useToaster } from '@/components/ui/toast';
import { ReasonDialog } from '../../../access/reason-dialog';
import { localPeopleApi } from './local-people-api';
import { useRefreshLocalPeople } from './use-local-people';

interface RejectDialogProps {
  readonly door: Door;
  readonly person: LocalPersonAtDoor;
  readonly onClose: () => void;
}

/** Makes a door forget somebody who was registered at it, after asking why. */
export function RejectDialog({ door, person, onClose }: RejectDialogProps) {
  const t = useTranslations('localPeople');
  const toaster = useToaster();
  const refresh = useRefreshLocalPeople(door);
  const reject = useMutation({
    mutationFn: (reason: string) =>
      localPeopleApi.reject(door.id, person.id, { reason: reason.replaceAll(/\s+/g, ' ') }),
    onSuccess: async () => {
      toaster.done(t('rejected', { name: person.name }));
      onClose();
      await refresh();
    },
  });
  return (
    <ReasonDialog
      danger
      title={t('rejectTitle', { name: person.name })}
      description={t('rejectHint')}
      confirmLabel={t('reject')}
      pending={reject.isPending}
      error={reject.error}
      onConfirm={(reason) => reject.mutate(reason)}
      onClose={onClose}
    />
  );
}
