'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** Names and values of the address's query; an undefined value takes the name away. */
export type UrlChange = Readonly<Record<string, string | undefined>>;

/** The query string with the change applied, names in the order they were first set. */
export function changeSearch(search: URLSearchParams, change: UrlChange): string {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * The address's query, and a way to change it without asking the server for the page again.
 *
 * `push` makes a step that *back* undoes; `replace`, for what changes with every key, does not.
 */
export function useUrlState(): [URLSearchParams, (change: UrlChange, how?: 'push' | 'replace') => void] {
  const search = useSearchParams();
  const change = useCallback((changes: UrlChange, how: 'push' | 'replace' = 'push') => {
    const { pathname, search: now } = window.location;
    const next = changeSearch(new URLSearchParams(now), changes);
    if (next === now) return;
    const address = pathname + next;
    if (how === 'push') window.history.pushState(null, '', address);
    else window.history.replaceState(null, '', address);
  }, []);
  return [search, change];
}
