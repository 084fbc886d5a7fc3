'use client';

import { type Door, SCORE_BIN_WIDTH, type DoorScores } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { ScanFace } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Refusal } from '@/components/ui/refusal';
import { Skeleton } from '@/components/ui/skeleton';
import { request } from '@/lib/api/request';

const SERIES = [
  { key: 'recognised', colour: 'bg-granted' },
  { key: 'runnersUp', colour: 'bg-caution' },
  { key: 'unknown', colour: 'bg-denied' },
] as const;

interface ScoresCardProps {
  readonly door: Door;
  /** Undefined for those who may change nothing here. */
  readonly onChoose: (() => void) | undefined;
}

/** The similarities that a door has met in the last thirty days, around the threshold that it decides by. */
export function ScoresCard({ door, onChoose }: ScoresCardProps) {
  const t = useTranslations('scores');
  const scores = useQuery({
    queryKey: ['door-scores', door.id],
    queryFn: ({ signal }) => request(`/api/doors/${door.id}/scores`, 'doorScoresSchema', { signal }),
    staleTime: 60_000,
  });
  return (
    <Card
      title={t('title')}
      action={
        onChoose && (
          <Button size="sm" onClick={onChoose}>
            <ScanFace aria-hidden />
            {t('choose')}
          </Button>
        )
      }
    >
      {scores.isPending && <Skeleton className="m-3.5 h-32" />}
      {scores.isError && (
        <div className="p-3.5">
          <Refusal error={scores.error} />
        </div>
      )}
      {scores.data?.visits === 0 && <p className="px-3.5 py-6 text-sm text-ink-muted">{t('empty')}</p>}
      {scores.data && scores.data.visits > 0 && <Histograms scores={scores.data} />}
    </Card>
  );
}

function Histograms({ scores }: { readonly scores: DoorScores }) {
  const t = useTranslations('scores');
  const { similarityMin } = scores;
  const totals = SERIES.map(({ key }) => scores[key].reduce((sum, count) => sum + count, 0));
  return (
    <figure className="relative grid gap-3 px-3.5 py-3">
      <div className="relative grid gap-2">
        {SERIES.map(({ key, colour }, index) => (
          <div key={key}>
            <p className="flex justify-between gap-2 text-xs text-ink-muted">
              <span>{t(`series.${key}`)}</span>
              <span className="tabular-nums">{t('count', { count: totals[index] ?? 0 })}</span>
            </p>
            <Bars bins={scores[key]} colour={colour} />
          </div>
        ))}
        {similarityMin !== null && (
          <span
            aria-hidden
            className="absolute inset-y-0 border-l-2 border-dashed border-ink"
            style={{ left: `${100 * Math.min(1, Math.max(0, similarityMin))}%` }}
          />
        )}
      </div>
      <div aria-hidden className="flex justify-between border-t pt-1 text-2xs text-ink-faint tabular-nums">
        {[0, 0.25, 0.5, 0.75, 1].map((at) => (
          <span key={at}>{at}</span>
        ))}
      </div>
      <figcaption className="text-xs text-ink-muted">
        {similarityMin !== null && t('threshold', { similarity: similarityMin.toFixed(3) })}{' '}
        {t('hint', { count: scores.visits })}
      </figcaption>
      <div className="sr-only">
        <table>
          <caption>{t('title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('similarity')}</th>
              {SERIES.map(({ key }) => (
                <th key={key} scope="col">
                  {t(`series.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {scores.recognised.map((_, bin) =>
              SERIES.some(({ key }) => (scores[key][bin] ?? 0) > 0) ? (
                <tr key={bin}>
                  <th scope="row">{(bin * SCORE_BIN_WIDTH).toFixed(2)}</th>
                  {SERIES.map(({ key }) => (
                    <td key={key}>{scores[key][bin]}</td>
                  ))}
                </tr>
              ) : null,
            )}
          </tbody>
        </table>
      </div>
    </figure>
  );
}

function Bars({ bins, colour }: { readonly bins: readonly number[]; readonly colour: string }) {
  const top = Math.max(1, ...bins);
  return (
    <div aria-hidden className="flex h-14 items-end gap-px">
      {bins.map((count, bin) => (
        <span
          key={bin}
          className={`flex-1 rounded-t-xs ${colour}`}
          style={{ height: count === 0 ? 0 : `max(2px, ${(100 * count) / top}%)` }}
        />
      ))}
    </div>
  );
}
