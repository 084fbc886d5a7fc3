'use client';

import type { AccessLevelRequest } from '@munjigi/contracts';
import { DoorOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { lazyPart } from '@/lib/lazy-part';
import { type KeptLevel, LEVELS } from '../access-api';
import { DocumentsPage } from '../documents-page';
import { FormSkeleton } from '../form-skeleton';

const LevelForm = lazyPart(() => import('./level-form').then((m) => m.LevelForm), {
  placeholder: <FormSkeleton />,
});

/** All access levels, each with its editor. */
export function LevelsPage() {
  const t = useTranslations('levels');
  return (
    <DocumentsPage<KeptLevel, AccessLevelRequest>
      kind={LEVELS}
      icon={<DoorOpen />}
      words={{
        title: t('title'),
        add: t('add'),
        empty: t('empty'),
        emptyHint: t('emptyHint'),
        saved: (name) => t('saved', { name }),
        deleted: (name) => t('deleted', { name }),
        deleteTitle: (name) => t('deleteTitle', { name }),
        deleteHint: t('deleteHint'),
      }}
      draftOf={({ name, siteId, entries }) => ({ name, siteId, entries })}
      emptyDraft={() => ({ name: '', siteId: null, entries: [] })}
      isValid={({ entries }) =>
        entries.every(({ doors, scheduleId }) => {
          const hasDoors = doors.kind !== 'doors' || doors.doorIds.length > 0;
          return hasDoors && (scheduleId as string) !== '';
        })
      }
      noteOf={({ entries }) => t('count', { count: entries.length })}
      form={(form) => <LevelForm {...form} />}
    />
  );
}
