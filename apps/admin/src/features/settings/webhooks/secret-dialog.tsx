'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { SecretText } from '../secret-text';

interface SecretDialogProps {
  readonly secret: string;
  readonly onClose: () => void;
}

/** A webhook's secret, this once, and what it is for. */
export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  const t = useTranslations('webhooks');
  const common = useTranslations('common');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('made')}
      description={t('madeHint')}
      className="sm:w-[36rem]"
    >
      <div className="grid gap-3 px-5 pt-1 pb-5">
        <SecretText label={t('secret')} value={secret} />
        <p className="text-xs text-ink-faint">{t('secretUse')}</p>
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          {common('done')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
