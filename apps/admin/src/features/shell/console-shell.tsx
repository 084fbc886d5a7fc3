'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { type ReactNode, useCallback, useState } from 'react';
import { Mark, Wordmark } from '@/components/brand/mark';
import { ErrorNotice } from '@/components/ui/error-notice';
import { isSignedOut } from '@/lib/api/api-error';
import { lazyPart } from '@/lib/lazy-part';
import { LiveProvider } from '@/lib/live/live-provider';
import { HOME_PATH } from '@/lib/return-path';
import { SessionKeeper } from '../auth/session-keeper';
import { useSession } from '../auth/use-session';
import { ConnectionBanner, ConnectionDot } from './connection';
import { Navigation } from './navigation';
import { useShortcuts } from './use-shortcuts';
import { UserMenu } from './user-menu';

// What waits for messages is not waited for itself.
const AlarmBanner = lazyPart(() => import('../alarms/alarm-banner').then((m) => m.AlarmBanner));
const AlarmSync = lazyPart(() => import('../alarms/alarm-sync').then((m) => m.AlarmSync));
const LiveSync = lazyPart(() => import('../live/live-sync').then((m) => m.LiveSync));
const ShortcutsDialog = lazyPart(() => import('./shortcuts-dialog').then((m) => m.ShortcutsDialog));

/** What stands around every page: navigation, the live connection, the administrator's menu. */
export function ConsoleShell({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('shell');
  const brand = useTranslations('brand');
  const [shortcutsOpen, setShortcutsOpen] = useState(false);
  const showShortcuts = useCallback(() => setShortcutsOpen(true), []);
  useShortcuts(showShortcuts);
  // Nothing is asked for before it is known that somebody is signed in: one refusal says it all.
  const session = useSession();
  return (
    <LiveProvider enabled={session.isSuccess}>
      {session.isSuccess && (
        <>
          <LiveSync />
          <AlarmSync />
          <SessionKeeper session={session.data} />
        </>
      )}
      <a
        href="#content"
        className="sr-only z-60 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skip')}
      </a>
      <div className="flex h-dvh flex-col md:flex-row">
        <header className="flex h-12 shrink-0 items-center justify-between border-b bg-surface px-4 md:hidden">
          <Link href={HOME_PATH} aria-label={brand('name')} className="flex">
            <Wordmark name={brand('name')} />
          </Link>
          <UserMenu compact onShowShortcuts={showShortcuts} />
        </header>
        <header className="hidden w-14 shrink-0 flex-col border-r bg-surface p-2 md:flex lg:w-52">
          <Link
            href={HOME_PATH}
            aria-label={brand('name')}
            className="mb-4 flex h-10 items-center justify-center px-2 lg:justify-start"
          >
            <Mark className="size-5.5 text-accent lg:hidden" />
            <span className="hidden lg:block">
              <Wordmark name={brand('name')} />
            </span>
          </Link>
          <Navigation placement="side" />
          <div className="mt-auto grid gap-1">
            <ConnectionDot />
            <UserMenu onShowShortcuts={showShortcuts} />
          </div>
        </header>
        <div className="flex min-h-0 min-w-0 flex-1 flex-col pb-[calc(3.5rem+env(safe-area-inset-bottom))] md:pb-0">
          <ConnectionBanner />
          {session.isSuccess && <AlarmBanner />}
          <main
            id="content"
            tabIndex={-1}
            className="flex min-h-0 flex-1 flex-col focus-visible:outline-none"
          >
            {session.isSuccess && children}
            {session.isError && !isSignedOut(session.error) && (
              <ErrorNotice error={session.error} onRetry={() => void session.refetch()} className="flex-1" />
            )}
          </main>
        </div>
        <Navigation placement="foot" />
      </div>
      <ShortcutsDialog open={shortcutsOpen} onOpenChange={setShortcutsOpen} />
    </LiveProvider>
  );
}
