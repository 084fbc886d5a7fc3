'use client';

import { useEffect, useState } from 'react';

/**
 * What a module exports, whose code comes once the page is drawn; null until it is here.
 *
 * @param load imports it; the same function each time
 */
export function useCode<T>(load: () => Promise<T>): T | null {
  const [code, setCode] = useState<{ readonly it: T } | null>(null);
  const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
  useEffect(() => {
    let isGone = false;
    load().then(
      (it) => !isGone && setCode({ it }),
      (error: unknown) => !isGone && setFailure({ error }),
    );
    return () => {
      isGone = true;
    };
  }, [load]);
  // The page's own notice of a failure is as good as any of ours.
  if (failure) throw failure.error;
  return code && code.it;
}
