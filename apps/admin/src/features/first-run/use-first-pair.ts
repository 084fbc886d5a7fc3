'use client';

import type { Door, Person } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '@/lib/api/api';
import { queryKeys } from '@/lib/api/query-keys';
import { useWhy } from '../access/why/use-why';
import { useMay } from '../auth/use-may';
import { useDoors } from '../live/use-live-data';

const CANDIDATES = { credentials: 'some', sort: 'createdAt', limit: 20 } as const;

/** Who is to pass which door, and whether the rules let them. */
export interface FirstPair {
  readonly door: Door | undefined;
  readonly doors: readonly Door[];
  readonly person: Person | undefined;
  /** Those who were enrolled first. */
  readonly people: readonly Person[];
  readonly why: ReturnType<typeof useWhy>;
}

/** Takes the door and the person that are wished for, else those that are there. */
export function useFirstPair(
  wished: { readonly doorId?: string | undefined; readonly personId?: string | undefined },
  enabled: boolean,
): FirstPair {
  const may = useMay();
  const { data: doors = [] } = useDoors();
  const { data: people = [] } = useQuery({
    queryKey: [...queryKeys.people, 'enrolled'],
    queryFn: async ({ signal }) => (await api.people(CANDIDATES, { signal })).items,
    enabled: enabled && may('people:read'),
  });
  const heard = doors.filter(({ online, lastSeenAt }) => online || lastSeenAt !== null);
  const door = heard.find(({ id }) => id === wished.doorId) ?? heard.find(({ online }) => online) ?? heard[0];
  const person = people.find(({ id }) => id === wished.personId) ?? people[0];
  const [doorId, personId] = [door?.id, person?.id];
  const query = useMemo(() => (doorId && personId ? { doorId, personId } : null), [doorId, personId]);
  const why = useWhy(enabled && may('access:read') ? query : null);
  return { door, doors: heard, person, people, why };
}
