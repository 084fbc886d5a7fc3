'use client';

import type { PeopleImport } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { queryKeys } from '@/lib/api/query-keys';
import { useJob } from '@/lib/hooks/use-job';
import { Section } from '../../settings/section';
import { Counts } from './counts';
import { importReportUrl } from './imports-api';

const FATES = ['created', 'updated', 'unchanged', 'skipped', 'refused'] as const;

interface ImportResultProps {
  readonly made: PeopleImport;
  readonly onAgain: () => void;
}

/** How far an import is, and when it is over what became of its rows. */
export function ImportResult({ made, onAgain }: ImportResultProps) {
  const t = useTranslations('imports');
  const { state, fates } = made;
  const isOver = state !== 'running' && state !== 'uploaded';
  const cache = useQueryClient();
  useEffect(() => {
    if (isOver) void cache.invalidateQueries({ queryKey: queryKeys.people });
  }, [isOver, cache]);
  return (
    <Section title={isOver ? t(`state.${state}`) : t('running')}>
      <div className="grid gap-4 p-4">
        {!isOver && <Progress jobId={made.jobId} />}
        <Counts
          counts={FATES.map((key) => ({
            ...{ key, label: t(`fate.${key}`), count: fates[key] ?? 0 },
            isBad: key === 'refused' && (fates[key] ?? 0) > 0,
          }))}
        />
        {isOver && (
          <div className="flex flex-wrap gap-2">
            <Button asChild variant="primary">
              <a href={importReportUrl(made.id)} download>
                <Download aria-hidden />
                {t('report')}
              </a>
            </Button>
            <Button onClick={onAgain}>{t('again')}</Button>
          </div>
        )}
      </div>
    </Section>
  );
}

function Progress({ jobId }: { readonly jobId: string | null }) {
  const t = useTranslations('imports');
  const { data } = useJob(jobId);
  const { done, total } = data?.progress ?? { done: 0, total: null };
  return (
    <div className="grid gap-1.5">
      <progress
        aria-label={t('running')}
        className="h-1.5 w-full overflow-hidden rounded-full accent-(--accent)"
        {...(total ? { value: Math.min(done, total), max: total } : {})}
      />
      {total !== null && (
        <p role="status" className="text-xs text-ink-muted tabular-nums">
          {t('progress', { done, total })}
        </p>
      )}
    </div>
  );
}
