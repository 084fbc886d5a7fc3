'use client';

import type { AuditQuery } from '@munjigi/contracts';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { auditApi, auditKeys } from './audit-api';

const PAGE_LENGTH = 50;

/** Entries that a query asks for, newest first, page after page by cursor. */
export function useAudit(query: Partial<AuditQuery>) {
  return useInfiniteQuery({
    queryKey: auditKeys.list(query),
    queryFn: ({ pageParam, signal }) =>
      auditApi.list({ ...query, cursor: pageParam, limit: PAGE_LENGTH }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    // Rows must not move under a reader.
    refetchOnWindowFocus: false,
    select: ({ pages }) => pages.flatMap((page) => page.items),
  });
}

/** How far the account is found to be as it was written. */
export function useAuditChain() {
  return useQuery({ queryKey: auditKeys.chain, queryFn: auditApi.chain, refetchInterval: 60_000 });
}

/** The keys that the account is signed with, the newest first. */
export function useAuditKeys() {
  return useQuery({ queryKey: auditKeys.keys, queryFn: auditApi.keys, select: ({ items }) => items });
}
