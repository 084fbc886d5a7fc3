'use client';

import type { Session } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { queryKeys } from '@/lib/api/query-keys';

/** Goes into the console with a session that has just begun. @param returnTo a path of this console */
export function useBeginSession(returnTo: string): (session: Session) => void {
  const router = useRouter();
  const cache = useQueryClient();
  return (session) => {
    // What the last person saw is not this one's.
    cache.clear();
    cache.setQueryData(queryKeys.session, session);
    router.replace(returnTo);
  };
}
