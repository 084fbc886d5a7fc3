'use client';

import type { Person } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useFormats } from '@/lib/hooks/use-formats';
import { SecretText } from '../settings/secret-text';
import { enrolmentApi } from './enrolment-api';
import { QrCode } from '@/components/ui/qr-code';

interface InviteDialogProps {
  readonly person: Person;
  readonly onClose: () => void;
}

/** Makes the link with which a person enrols their own face on their own phone, and shows it this once. */
export function InviteDialog({ person, onClose }: InviteDialogProps) {
  const t = useTranslations('enrolInvite');
  const common = useTranslations('common');
  const formats = useFormats();
  const invite = useMutation({ mutationFn: () => enrolmentApi.invite(person.id) });
  // Once: another invitation would end the one that was just handed over.
  const asked = useRef(false);
  const { mutate } = invite;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate();
  }, [mutate]);
  const link = invite.data && `${window.location.origin}/enrol#${invite.data.token}`;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('title', { name: person.name })}
      description={t('description')}
    >
      <div className="grid justify-items-center gap-4 px-5 pt-1 pb-5">
        {invite.isError && <Refusal error={invite.error} />}
        {link ? (
          <>
            <QrCode text={link} label={t('qr')} />
            <div className="w-full">
              <SecretText label={t('link')} value={link} />
            </div>
            <p className="text-xs text-ink-faint">
              {t('until', { when: formats.dateTime(invite.data.expiresAt) })}
            </p>
          </>
        ) : (
          !invite.isError && <Skeleton className="size-44 rounded-lg" />
        )}
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          {common('done')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
