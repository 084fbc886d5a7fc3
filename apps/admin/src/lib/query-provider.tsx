'use client';

import { QueryCache, MutationCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiError, isSignedOut } from './api/api-error';
import { isEntryPath, signInPath } from './return-path';

/** Keeps what the server answered; a refused session leads to the sign-in page and back again. */
export function QueryProvider({ children }: { readonly children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const leave = useRef<() => void>(() => undefined);
  useEffect(() => {
    leave.current = () => {
      if (isEntryPath(pathname)) return;
      router.replace(signInPath(pathname + window.location.search));
    };
  }, [router, pathname]);

  const [client] = useState(() => {
    const onError = (error: unknown) => {
      if (isSignedOut(error)) leave.current();
    };
    return new QueryClient({
      queryCache: new QueryCache({ onError }),
      mutationCache: new MutationCache({ onError }),
      defaultOptions: {
        queries: { staleTime: 10_000, retry: shouldRetry, refetchOnWindowFocus: true },
      },
    });
  });
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

/** Asks again only where asking again can help. */
function shouldRetry(failures: number, error: Error): boolean {
  return failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 502);
}
