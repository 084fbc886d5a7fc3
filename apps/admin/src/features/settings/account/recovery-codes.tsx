'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import { accountApi, accountKeys } from '../../auth/account-api';
import { useConfirmedMutation } from '../../auth/step-up';
import { CopyButton } from '../secret-text';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

/** Recovery codes, this once, with ways to keep them. To stand inside a dialog. */
export function RecoveryCodes({ codes, onClose }: RecoveryCodesProps) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const text = codes.join('\n');
  return (
    <>
      <div className="grid gap-3 px-5 pt-1 pb-5">
        <ul
          aria-label={t('recovery.title')}
          className="grid gap-x-4 gap-y-1 rounded-md border bg-sunken p-3 font-mono text-xs sm:grid-cols-2"
        >
          {codes.map((code) => (
            <li key={code} className="break-all">
              {code}
            </li>
          ))}
        </ul>
        <div className="flex gap-2">
          <Button asChild>
            <a
              href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}
              download="munjigi-codes.txt"
            >
              <Download aria-hidden />
              {t('recovery.download')}
            </a>
          </Button>
          <CopyButton value={text} />
        </div>
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          {common('done')}
        </Button>
      </DialogFooter>
    </>
  );
}

/** Makes new recovery codes, once told so, and shows them. */
export function RecoveryCodesDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('account');
  const common = useTranslations('common');
  const cache = useQueryClient();
  const renew = useConfirmedMutation(accountApi.renewRecoveryCodes, () =>
    cache.invalidateQueries({ queryKey: accountKeys.account }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={renew.data ? t('recovery.title') : t('recovery.renewTitle')}
      description={renew.data ? t('recovery.keep') : t('recovery.renewHint')}
    >
      {renew.data ? (
        <RecoveryCodes codes={renew.data.codes} onClose={onClose} />
      ) : (
        <>
          <div className="px-5 pb-4">
            <Refusal error={renew.error} />
          </div>
          <DialogFooter>
            <Button onClick={onClose}>{common('cancel')}</Button>
            <Button variant="primary" pending={renew.isPending} onClick={() => renew.mutate()}>
              {t('recovery.renew')}
            </Button>
          </DialogFooter>
        </>
      )}
    </Dialog>
  );
}
