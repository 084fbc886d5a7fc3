'use client';

import type { administratorWithInvitationSchema } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import type { z } from 'zod';
import { Button } from '@/components/ui/button';
import { DialogFooter } from '@/components/ui/dialog';
import { useFormats } from '@/lib/hooks/use-formats';
import { SecretText } from '../secret-text';

type Invitation = z.infer<typeof administratorWithInvitationSchema>['invitation'];

interface InvitationLinkProps {
  readonly invitation: Invitation;
  readonly onClose: () => void;
}

/** The link with which somebody sets their password, this once. To stand inside a dialog. */
export function InvitationLink({ invitation, onClose }: InvitationLinkProps) {
  const t = useTranslations('administrators');
  const common = useTranslations('common');
  const formats = useFormats();
  return (
    <>
      <div className="grid gap-2 px-5 pt-1 pb-5">
        <SecretText label={t('link')} value={`${window.location.origin}/invitation#${invitation.token}`} />
        <p className="text-xs text-ink-faint">
          {t('linkUntil', { when: formats.dateTime(invitation.expiresAt) })}
        </p>
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          {common('done')}
        </Button>
      </DialogFooter>
    </>
  );
}
