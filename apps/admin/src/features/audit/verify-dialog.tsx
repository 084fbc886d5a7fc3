'use client';

import type { AuditChain } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Signature, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { useFormats } from '@/lib/hooks/use-formats';
import { useMay } from '../auth/use-may';
import { SecretText } from '../settings/secret-text';
import { auditApi, auditKeys } from './audit-api';
import { ExportForm } from './export-form';
import { useAuditChain, useAuditKeys } from './use-audit';

/** What the server knows of its own account, and ways to check it without the server. */
export function VerifyDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('audit');
  // The export is of the whole organisation, or not at all.
  const mayExport = useMay()('audit:export', null);
  const chain = useAuditChain();
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('verify')}
      description={t('verifyHint')}
      placement="side"
      className="sm:w-[30rem]"
    >
      <div className="grid gap-6 px-5 pt-1 pb-8">
        {chain.isError && !chain.data && (
          <ErrorNotice error={chain.error} onRetry={() => void chain.refetch()} />
        )}
        {chain.isPending && <Skeleton className="h-32" />}
        {chain.data && <ChainFacts chain={chain.data} />}
        {chain.data && mayExport && <SignNow />}
        <PublicKey />
        {mayExport && <ExportForm />}
      </div>
    </Dialog>
  );
}

function ChainFacts({ chain }: { readonly chain: AuditChain }) {
  const t = useTranslations('audit');
  const formats = useFormats();
  const { fault, checked, checkpoint } = chain;
  return (
    <div className="grid gap-3">
      {fault && (
        <p role="alert" className="flex gap-2 rounded-md bg-denied-soft px-3 py-2 text-sm text-denied">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            {fault.position === null ? t('fault') : t('faultAt', { count: fault.position })}
            <span className="block text-xs">{fault.what}</span>
          </span>
        </p>
      )}
      <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-2 text-sm">
        <Fact name={t('entries')}>{t('position', { count: chain.position })}</Fact>
        <Fact name={t('checked')}>
          {checked
            ? t('checkedUpTo', { count: checked.position, when: formats.dateTime(checked.at) })
            : t('state.unchecked')}
        </Fact>
        <Fact name={t('signed')}>
          {checkpoint
            ? t('checkedUpTo', { count: checkpoint.position, when: formats.dateTime(checkpoint.at) })
            : t('neverSigned')}
        </Fact>
        <Fact name={t('rights')}>{t(chain.appendOnlyByRights ? 'appendOnly' : 'notAppendOnly')}</Fact>
        <Fact name={t('hash')}>
          <code className="text-xs break-all">{chain.hash}</code>
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

function SignNow() {
  const t = useTranslations('audit');
  const toaster = useToaster();
  const cache = useQueryClient();
  const sign = useMutation({
    mutationFn: auditApi.sign,
    onSuccess: ({ position }) => {
      void cache.invalidateQueries({ queryKey: auditKeys.chain });
      toaster.done(t('signedNow', { count: position }));
    },
    onError: toaster.failed,
  });
  return (
    <Button className="justify-self-start" pending={sign.isPending} onClick={() => sign.mutate()}>
      <Signature aria-hidden />
      {t('signNow')}
    </Button>
  );
}

/** The key to check a file with, to be kept out of the reach of whoever runs the server. */
function PublicKey() {
  const t = useTranslations('audit');
  const key = useAuditKeys().data?.[0];
  if (!key) return null;
  return (
    <section className="grid gap-1.5">
      <h3 className="text-sm font-semibold">{t('publicKey')}</h3>
      <p className="text-xs text-ink-muted">{t('publicKeyHint')}</p>
      <SecretText label={t('publicKey')} value={key.publicKey} />
      <p className="mt-2 text-xs text-ink-muted">{t('command')}</p>
      <SecretText
        label={t('command')}
        value={`npm run audit -- verify audit.ndjson --key ${key.publicKey}`}
      />
    </section>
  );
}
