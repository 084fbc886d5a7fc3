'use client';

import type { SignInSession } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { LogOut, MonitorSmartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { useFormats } from '@/lib/hooks/use-formats';
import { accountApi, accountKeys } from '../../auth/account-api';
import { Section, SectionRow } from '../section';
import { useSignInTitle } from './use-sign-in-title';

/** Where one is signed in, and ways to end it. */
export function SignInsSection() {
  const t = useTranslations('account');
  const toaster = useToaster();
  const cache = useQueryClient();
  const signIns = useQuery({ queryKey: accountKeys.signIns, queryFn: accountApi.signIns });
  const endOthers = useMutation({
    mutationFn: accountApi.endOtherSignIns,
    onSuccess: () => toaster.done(t('signIns.othersEnded')),
    onError: toaster.failed,
    onSettled: () => cache.invalidateQueries({ queryKey: accountKeys.signIns }),
  });
  const items = signIns.data?.items;
  return (
    <Section
      title={t('signIns.title')}
      hint={t('signIns.hint')}
      action={
        items?.some(({ current }) => !current) && (
          <Button pending={endOthers.isPending} onClick={() => endOthers.mutate()}>
            {t('signIns.endOthers')}
          </Button>
        )
      }
    >
      {signIns.isError && !items && (
        <ErrorNotice error={signIns.error} onRetry={() => void signIns.refetch()} />
      )}
      {signIns.isPending && <Skeleton className="m-4 h-8" />}
      {items && (
        <ul aria-label={t('signIns.title')}>
          {items.map((signIn) => (
            <SignInRow key={signIn.id} signIn={signIn} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function SignInRow({ signIn }: { readonly signIn: SignInSession }) {
  const t = useTranslations('account');
  const formats = useFormats();
  const toaster = useToaster();
  const cache = useQueryClient();
  const title = useSignInTitle()(signIn);
  const end = useMutation({
    mutationFn: () => accountApi.endSignIn(signIn.id),
    onSuccess: () => toaster.done(t('signIns.ended')),
    onError: toaster.failed,
    onSettled: () => cache.invalidateQueries({ queryKey: accountKeys.signIns }),
  });
  return (
    <SectionRow
      as="li"
      icon={<MonitorSmartphone />}
      title={
        <>
          {title}
          {signIn.current && <Badge tone="accent">{t('signIns.current')}</Badge>}
        </>
      }
      note={
        <span className="flex flex-wrap gap-x-2 tabular-nums">
          <span>{t(`signIns.method.${signIn.method}`)}</span>
          {signIn.address && <span>{signIn.address}</span>}
          <time dateTime={signIn.lastSeenAt} title={formats.full(signIn.lastSeenAt)}>
            {t('signIns.seen', { when: formats.dateTime(signIn.lastSeenAt) })}
          </time>
        </span>
      }
    >
      {!signIn.current && (
        <Button
          size="sm"
          pending={end.isPending}
          onClick={() => end.mutate()}
          aria-label={t('signIns.endOf', { name: title })}
        >
          <LogOut aria-hidden />
          {t('signIns.end')}
        </Button>
      )}
    </SectionRow>
  );
}
