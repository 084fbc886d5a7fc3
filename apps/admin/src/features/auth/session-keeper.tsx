'use client';

import type { Session } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { Suspense, lazy, useCallback, useEffect, useRef, useState } from 'react';
import { queryKeys } from '@/lib/api/query-keys';
import { answerSignedOut } from '@/lib/api/signed-out';
import { useLive } from '@/lib/live/live-provider';
import { signInPath } from '@/lib/return-path';
import { useBeginSession } from './use-begin-session';

// Few sessions end while somebody is at work: no page waits for it.
const SignInAgainDialog = lazy(async () => ({
  default: (await import('./sign-in-again-dialog')).SignInAgainDialog,
}));

interface Wait {
  readonly over: Promise<boolean>;
  readonly end: (signedIn: boolean) => void;
}

/**
 * Asks for the password over the page when the session has ended: what is typed there stays, and what was asked of the
 * server meanwhile goes on once the same person is back.
 */
export function SessionKeeper({ session }: { readonly session: Session }) {
  const cache = useQueryClient();
  const router = useRouter();
  const pathname = usePathname();
  const live = useLive();
  const begin = useBeginSession('/');
  const wait = useRef<Wait | null>(null);
  const [isEnded, setIsEnded] = useState(false);

  useEffect(
    () =>
      answerSignedOut(async () => {
        // Whoever signed out by themselves is asked nothing.
        if (!cache.getQueryData(queryKeys.session)) return false;
        wait.current ??= newWait();
        setIsEnded(true);
        return wait.current.over;
      }),
    [cache],
  );

  const end = useCallback((signedIn: boolean) => {
    wait.current?.end(signedIn);
    wait.current = null;
    setIsEnded(false);
  }, []);

  if (!isEnded) return null;
  const goOn = (next: Session) => {
    if (next.administrator.id !== session.administrator.id) {
      // Another person sees nothing of what this one had before them.
      end(false);
      begin(next);
      return;
    }
    cache.setQueryData(queryKeys.session, next);
    end(true);
    live.retryNow();
  };
  const leave = () => {
    end(false);
    router.replace(signInPath(pathname + window.location.search));
  };
  return (
    <Suspense fallback={null}>
      <SignInAgainDialog email={session.administrator.email} onSession={goOn} onLeave={leave} />
    </Suspense>
  );
}

function newWait(): Wait {
  let end: Wait['end'] = () => undefined;
  const over = new Promise<boolean>((resolve) => (end = resolve));
  return { over, end };
}
