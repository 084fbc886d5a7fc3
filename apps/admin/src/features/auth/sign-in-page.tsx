'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';
import { EntryLayout } from './entry-layout';
import { PasskeyButton } from './passkey-button';
import { SignInForm } from './sign-in-form';
import { useBeginSession } from './use-begin-session';

/** Where everybody comes in; before the first owner it leads to the set-up. @param props.returnTo a path of this console */
export function SignInPage({ returnTo }: { readonly returnTo: string }) {
  const t = useTranslations('signIn');
  const router = useRouter();
  const begin = useBeginSession(returnTo);
  const setup = useQuery({ queryKey: queryKeys.setup, queryFn: api.setupStatus });
  const needed = setup.data?.needed === true;
  useEffect(() => {
    if (needed) router.replace('/setup');
  }, [needed, router]);
  return (
    <EntryLayout title={t('title')} hint={t('hint')}>
      <SignInForm onSession={begin} />
      <PasskeyButton onSession={begin} />
    </EntryLayout>
  );
}
