'use client';

import type { SignInSession } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { browserNameOf } from './browser-name';

/** Names a sign-in by its device, in the reader's language. */
export function useSignInTitle(): (signIn: SignInSession) => string {
  const t = useTranslations('account');
  return ({ agent }) => {
    const { browser, system } = browserNameOf(agent ?? '');
    if (browser && system) return t('signIns.device', { browser, system });
    return browser ?? system ?? t('signIns.unknownDevice');
  };
}
