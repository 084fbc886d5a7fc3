'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMay } from '../auth/use-may';
import { accessKeys, type DocumentKind, type Kept } from './access-api';

/** All documents of a kind that may be seen, by name; not asked for by those who may see none. */
export function useDocuments<D extends Kept, R>(kind: DocumentKind<D, R>) {
  const may = useMay();
  return useQuery({
    queryKey: accessKeys.documents(kind.name),
    queryFn: ({ signal }) => kind.list(signal),
    select: byName<D>,
    enabled: may('access:read'),
  });
}

/** Makes a document, or puts another in the place of one; all that follows from the rules is asked for anew. */
export function useSaveDocument<D extends Kept, R>(kind: DocumentKind<D, R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, body }: { id: string | null; body: R }) =>
      id === null ? kind.create(body) : kind.replace(id, body),
    onSuccess: () => cache.invalidateQueries({ queryKey: accessKeys.all }),
  });
}

/** Deletes a document that nothing uses. */
export function useRemoveDocument<D extends Kept, R>(kind: DocumentKind<D, R>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => kind.remove(id),
    onSuccess: () => cache.invalidateQueries({ queryKey: accessKeys.all }),
  });
}

function byName<D extends Kept>(items: D[]): D[] {
  return items.toSorted((a, b) => a.name.localeCompare(b.name));
}
