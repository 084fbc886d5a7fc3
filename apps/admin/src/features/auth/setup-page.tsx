'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';
import { EntryLayout } from './entry-layout';
import { SetupForm } from './setup-form';

/** The first page of a new deployment; leads to the sign-in page once it is set up. */
export function SetupPage() {
  const t = useTranslations('setup');
  const router = useRouter();
  const setup = useQuery({ queryKey: queryKeys.setup, queryFn: api.setupStatus });
  const closed = setup.data?.needed === false;
  useEffect(() => {
    if (closed) router.replace('/sign-in');
  }, [closed, router]);
  return (
    <EntryLayout title={t('title')} hint={t('hint')}>
      <SetupForm />
    </EntryLayout>
  );
}
