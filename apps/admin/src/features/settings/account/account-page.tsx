'use client';

import { useTranslations } from 'next-intl';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useAccount } from '../../auth/account-api';
import { SettingsColumn } from '../section';
import { AuthenticatorSection } from './authenticator-section';
import { PasskeysSection } from './passkeys-section';
import { PasswordSection } from './password-section';
import { SignInsSection } from './sign-ins-section';

/** One's own account: how one signs in, and where one is signed in. */
export function AccountPage() {
  const t = useTranslations('account');
  const account = useAccount();
  if (account.isError && !account.data)
    return <ErrorNotice error={account.error} onRetry={() => void account.refetch()} />;
  return (
    <SettingsColumn>
      {account.data ? (
        <>
          <PasswordSection account={account.data} />
          <AuthenticatorSection account={account.data} />
        </>
      ) : (
        <div aria-busy className="grid gap-3" aria-label={t('loading')} role="status">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-16" />
          <Skeleton className="mt-5 h-5 w-52" />
          <Skeleton className="h-16" />
        </div>
      )}
      <PasskeysSection />
      <SignInsSection />
    </SettingsColumn>
  );
}
