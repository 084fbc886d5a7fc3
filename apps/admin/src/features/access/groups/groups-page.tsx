'use client';

import type { AccessGroup } from '@munjigi/contracts';
import { UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Notice } from '@/components/ui/notice';
import { Split } from '@/components/ui/split';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { FormSkeleton } from '../form-skeleton';
import { NEW, useDrafts } from '../use-drafts';
import { useGroups } from '../use-places';
import type { GroupDraft } from './groups-api';

const GroupEditor = lazyPart(() => import('./group-editor').then((m) => m.GroupEditor), {
  placeholder: <FormSkeleton />,
});

/** All access groups, each with what it gives and who is in it. */
export function GroupsPage() {
  const t = useTranslations('groups');
  const may = useMay();
  const [url, changeUrl] = useUrlState();
  const groups = useGroups();
  const drafts = useDrafts<GroupDraft>();
  const items = groups.data ?? NONE;
  const id = url.get('id');
  const group = items.find((item) => item.id === id) ?? null;
  const canAdd = may('access:write');
  const select = (next: string | null) => changeUrl({ id: next ?? undefined });

  if (groups.isError && !groups.data)
    return <ErrorNotice error={groups.error} onRetry={() => void groups.refetch()} />;
  return (
    <Split
      label={t('title')}
      items={items.map((item) => ({
        id: item.id,
        name: item.name,
        note: t('people', { count: item.people }),
        isDraft: drafts.get(item.id) !== undefined,
      }))}
      pending={groups.isPending}
      selected={group ? group.id : id === NEW ? NEW : null}
      onSelect={select}
      add={canAdd ? { label: t('add'), onAdd: () => select(NEW) } : undefined}
    >
      {group || (id === NEW && canAdd) ? (
        <GroupEditor
          key={id}
          group={group}
          draft={drafts.get(id ?? NEW)}
          onDraft={(draft) => drafts.set(id ?? NEW, draft)}
          onDone={(next) => {
            drafts.drop(id ?? NEW);
            if (next !== id) changeUrl({ id: next ?? undefined }, 'replace');
          }}
        />
      ) : (
        groups.isSuccess && (
          <Notice
            icon={<UsersRound />}
            title={items.length === 0 ? t('empty') : t('title')}
            className="flex-1"
          >
            {t('emptyHint')}
          </Notice>
        )
      )}
    </Split>
  );
}

const NONE: AccessGroup[] = [];
