'use client';

import type { AccessGroup } from '@munjigi/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { CheckList } from '@/components/ui/check-list';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import { useToaster } from '@/components/ui/toast';
import { queryKeys } from '@/lib/api/query-keys';
import { useMay } from '../../auth/use-may';
import { accessKeys, LEVELS } from '../access-api';
import { NameField } from '../name-field';
import { SaveBar } from '../save-bar';
import { SiteSelect } from '../site-select';
import { useDocuments } from '../use-documents';
import { GroupMembers } from './group-members';
import { type GroupDraft, groupsApi } from './groups-api';

interface GroupEditorProps {
  /** Null: a new one. */
  readonly group: AccessGroup | null;
  /** Undefined: nothing has been changed. */
  readonly draft: GroupDraft | undefined;
  readonly onDraft: (draft: GroupDraft) => void;
  /** Called with what to show next; null: nothing. */
  readonly onDone: (id: string | null) => void;
}

/** What membership of a group gives, and who is a member. */
export function GroupEditor(props: GroupEditorProps) {
  const { group } = props;
  const access = useQuery({
    queryKey: accessKeys.groupAccess(group?.id ?? ''),
    queryFn: ({ signal }) => groupsApi.access(group!.id, signal),
    enabled: group !== null,
  });
  if (group === null) {
    const empty = { name: '', siteId: null, accessLevelIds: [], joinByDefault: false };
    return <GroupForm {...props} draft={props.draft ?? empty} />;
  }
  if (access.isError && !access.data)
    return <ErrorNotice error={access.error} onRetry={() => void access.refetch()} />;
  if (!access.data)
    return (
      <div className="grid gap-4 p-6">
        <Skeleton className="h-8 max-w-sm" />
        <Skeleton className="h-40 max-w-xl" />
      </div>
    );
  const kept = { name: group.name, siteId: group.siteId, ...access.data };
  return <GroupForm {...props} isChanged={props.draft !== undefined} draft={props.draft ?? kept} />;
}

interface GroupFormProps extends GroupEditorProps {
  readonly draft: GroupDraft;
  readonly isChanged?: boolean;
}

function GroupForm({ group, draft, isChanged = true, onDraft, onDone }: GroupFormProps) {
  const t = useTranslations('groups');
  const access = useTranslations('access');
  const may = useMay();
  const toaster = useToaster();
  const levels = (useDocuments(LEVELS).data ?? []).filter(
    ({ siteId }) => siteId === null || draft.siteId === null || siteId === draft.siteId,
  );
  const { save, remove } = useGroupChanges(group);
  const readOnly = !may('access:write', group?.siteId);
  const set = (change: Partial<GroupDraft>) => onDraft({ ...draft, ...change });
  return (
    <section aria-label={group?.name ?? t('add')} className="flex min-h-full flex-col">
      <div className="grid max-w-4xl gap-6 p-4 md:p-6">
        {readOnly && <p className="text-xs text-ink-faint">{access('readOnly')}</p>}
        <div className="grid gap-4 sm:grid-cols-2">
          <NameField value={draft.name} readOnly={readOnly} onChange={(name) => set({ name })} />
          {group === null && <SiteSelect value={draft.siteId} onChange={(siteId) => set({ siteId })} />}
        </div>
        <CheckList
          label={t('levels')}
          options={levels.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={draft.accessLevelIds}
          disabled={readOnly}
          empty={t('noLevels')}
          onChange={(accessLevelIds) => set({ accessLevelIds })}
        />
        <Switch
          label={t('joinByDefault')}
          hint={t('joinByDefaultHint')}
          checked={draft.joinByDefault}
          disabled={readOnly}
          onChange={(joinByDefault) => set({ joinByDefault })}
        />
        {group && may('people:read') && <GroupMembers group={group} />}
      </div>
      {!readOnly && (
        <SaveBar
          isChanged={isChanged}
          isValid={draft.name.trim() !== ''}
          pending={save.isPending}
          error={save.error ?? remove.error}
          onSave={() =>
            save.mutate(draft, {
              onSuccess: (kept) => {
                toaster.done(t('saved', { name: kept.name }), access('doorsLearn'));
                onDone(kept.id);
              },
            })
          }
          onDiscard={() => onDone(group?.id ?? null)}
          remove={
            group
              ? {
                  title: t('deleteTitle', { name: group.name }),
                  description: t('deleteHint', { count: group.people }),
                  pending: remove.isPending,
                  onRemove: () =>
                    remove.mutate(undefined, {
                      onSuccess: () => {
                        toaster.done(t('deleted', { name: group.name }));
                        onDone(null);
                      },
                    }),
                }
              : undefined
          }
        />
      )}
    </section>
  );
}

function useGroupChanges(group: AccessGroup | null) {
  const cache = useQueryClient();
  const refresh = () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: accessKeys.all }),
      cache.invalidateQueries({ queryKey: queryKeys.people }),
    ]);
  const save = useMutation({
    mutationFn: (draft: GroupDraft) => groupsApi.save(group, draft),
    // Also when it failed: the name may have been kept, and what the group gives not.
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: () => (group ? groupsApi.remove(group.id) : Promise.resolve()),
    onSuccess: refresh,
  });
  return { save, remove };
}
