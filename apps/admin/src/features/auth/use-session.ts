'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { api } from '@/lib/api/api';
import { isSignedOut } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';

/** Who is signed in. A refusal leads to the sign-in page by itself. */
export function useSession() {
  return useQuery({ queryKey: queryKeys.session, queryFn: api.session, staleTime: 60_000 });
}

/** Ends the session and forgets all that was seen in it. */
export function useSignOut() {
  const router = useRouter();
  const cache = useQueryClient();
  const leave = () => {
    router.replace('/sign-in');
    cache.clear();
  };
  return useMutation({
    mutationFn: api.signOut,
    onSuccess: leave,
    onError: (error) => {
      if (isSignedOut(error)) leave();
    },
  });
}
