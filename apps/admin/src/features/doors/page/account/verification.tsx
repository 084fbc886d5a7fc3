'use client';

import type { Door } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Refusal } from '@/components/ui/refusal';
import { accountApi } from './account-api';
import { type ChainVerdict, verifyChain } from './verify-chain';

interface VerificationProps {
  readonly door: Door;
  readonly epoch: string;
}

/** Has the chain of what is stored reckoned anew, and says what came of it. */
export function Verification({ door, epoch }: VerificationProps) {
  const t = useTranslations('doorAccount');
  const verify = useMutation({
    mutationFn: () => verifyChain((after) => accountApi.verification(door.id, { epoch, after })),
  });
  return (
    <div className="grid justify-items-start gap-2">
      <Button size="sm" pending={verify.isPending} onClick={() => verify.mutate()}>
        <ShieldCheck aria-hidden />
        {t('verify')}
      </Button>
      <Refusal error={verify.error} />
      {verify.data && <Verdict verdict={verify.data} />}
    </div>
  );
}

function Verdict({ verdict }: { readonly verdict: ChainVerdict }) {
  const t = useTranslations('doorAccount');
  const { events, unchained, signedThrough, fault } = verdict;
  if (fault)
    return (
      <p role="status" className="flex gap-2 text-sm text-denied">
        <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {t(`fault.${fault.what}`, { sequence: fault.sequence })}
      </p>
    );
  return (
    <p role="status" className="text-sm">
      {t('verified', { count: events })}
      <span className="block text-xs text-ink-muted">
        {signedThrough > 0 ? t('vouched', { sequence: signedThrough }) : t('notVouched')}
        {unchained > 0 && ` ${t('unchained', { count: unchained })}`}
      </span>
    </p>
  );
}
