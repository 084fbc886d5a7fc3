'use client';

import type { AccessGroup, BulkAction, PersonId } from '@munjigi/contracts';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { UserMinus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Avatar } from '@/components/ui/avatar';
import { Button } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { api } from '@/lib/api/api';
import { ApiError } from '@/lib/api/api-error';
import { queryKeys } from '@/lib/api/query-keys';
import { useMay } from '../../auth/use-may';
import { PersonPicker } from '../../people/person-picker';
import { accessKeys } from '../access-api';
import { Section } from '../section';
import { groupsApi } from './groups-api';

/** Who is in a group; people come and go at once, without saving. */
export function GroupMembers({ group }: { readonly group: AccessGroup }) {
  const t = useTranslations('groups');
  const may = useMay();
  const toaster = useToaster();
  const members = useMembers(group);
  const change = useChangeMembers();
  const canWrite = may('people:write');
  const remove = (id: PersonId, name: string) =>
    change.mutate(
      { personId: id, action: { kind: 'remove-from-group', groupId: group.id } },
      { onSuccess: () => toaster.done(t('left', { name })) },
    );
  return (
    <Section
      title={t('members')}
      hint={t('membersHint')}
      action={
        canWrite && (
          <PersonPicker
            label={t('addMember')}
            none={t('addMember')}
            personId={undefined}
            onChange={(personId) => {
              if (personId) change.mutate({ personId, action: { kind: 'add-to-group', groupId: group.id } });
            }}
          />
        )
      }
    >
      <Refusal error={members.error ?? change.error} />
      {members.isPending && <Skeleton className="h-9" />}
      {members.data?.length === 0 && <p className="text-xs text-ink-faint">{t('noMembers')}</p>}
      {members.data && members.data.length > 0 && (
        <ul className="divide-y rounded-lg border bg-surface">
          {members.data.map((person) => (
            <li key={person.id} className="flex items-center gap-3 px-3 py-1.5">
              <Avatar name={person.name} src={person.portraitUrl} />
              <Link
                href={`/people/${person.id}`}
                className="min-w-0 flex-1 truncate underline-offset-2 hover:underline"
              >
                {person.name}
              </Link>
              <span className="truncate text-xs text-ink-faint max-sm:hidden">{person.department}</span>
              {canWrite && (
                <Button
                  variant="ghost"
                  size="iconSm"
                  aria-label={t('removeMember', { name: person.name })}
                  title={t('removeMember', { name: person.name })}
                  disabled={change.isPending}
                  onClick={() => remove(person.id, person.name)}
                >
                  <UserMinus aria-hidden />
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <LoadMore
        hasMore={members.hasNextPage}
        pending={members.isFetchingNextPage}
        failed={members.isFetchNextPageError}
        onMore={() => void members.fetchNextPage()}
      />
    </Section>
  );
}

function useMembers({ id }: AccessGroup) {
  return useInfiniteQuery({
    queryKey: [...queryKeys.people, 'of-group', id],
    queryFn: ({ pageParam, signal }) => api.people({ groupId: id, cursor: pageParam, limit: 50 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });
}

function useChangeMembers() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ personId, action }: { personId: PersonId; action: BulkAction }) => {
      const { refused } = await groupsApi.bulk([personId], action);
      const [first] = refused;
      if (first) throw new ApiError(first.code, 422);
    },
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: queryKeys.people }),
        cache.invalidateQueries({ queryKey: accessKeys.all }),
      ]),
  });
}
