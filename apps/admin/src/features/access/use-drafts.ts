'use client';

import { useCallback, useState } from 'react';

/** Changes that are not saved yet, by what they are changes of; looking at another one loses none. */
export interface Drafts<T> {
  readonly get: (id: string) => T | undefined;
  readonly set: (id: string, draft: T) => void;
  readonly drop: (id: string) => void;
}

/** Keeps drafts for as long as the page is open. */
export function useDrafts<T>(): Drafts<T> {
  const [drafts, setDrafts] = useState<ReadonlyMap<string, T>>(new Map());
  const set = useCallback((id: string, draft: T) => setDrafts((all) => new Map(all).set(id, draft)), []);
  const drop = useCallback(
    (id: string) => setDrafts((all) => new Map([...all].filter(([key]) => key !== id))),
    [],
  );
  return { get: (id) => drafts.get(id), set, drop };
}

/** Stands for what is being added, in addresses and among drafts. */
export const NEW = 'new';
