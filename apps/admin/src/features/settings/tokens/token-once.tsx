'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DialogFooter } from '@/components/ui/dialog';
import { SecretText } from '../secret-text';

interface TokenOnceProps {
  readonly token: string;
  readonly onClose: () => void;
}

/** A token, this once, and how to use it. To stand inside a dialog. */
export function TokenOnce({ token, onClose }: TokenOnceProps) {
  const t = useTranslations('tokens');
  const common = useTranslations('common');
  return (
    <>
      <div className="grid gap-3 px-5 pt-1 pb-5">
        <SecretText label={t('token')} value={token} />
        <p className="text-xs text-ink-faint">{t('use')}</p>
        <code className="rounded-md border bg-sunken px-3 py-2 text-xs break-all">
          {`curl -H "Authorization: Bearer $TOKEN" ${window.location.origin}/api/auth/session`}
        </code>
      </div>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          {common('done')}
        </Button>
      </DialogFooter>
    </>
  );
}
