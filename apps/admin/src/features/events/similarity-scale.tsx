'use client';

import type { AccessEvent } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useFormats } from '@/lib/hooks/use-formats';

/** How alike the face and the best person were, against what the door needed and against the second best. */
export function SimilarityScale({ event }: { readonly event: AccessEvent }) {
  const t = useTranslations('event');
  const formats = useFormats();
  const { similarity, similarityMin, runnerUpSimilarity, outcome } = event;
  if (similarity === null) return null;
  const place = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}%`;
  return (
    <div className="grid gap-1.5">
      <div className="flex justify-between text-xs text-ink-muted tabular-nums">
        <span>{t('similarity', { value: formats.similarity(similarity) })}</span>
        <span>{t('needed', { value: formats.similarity(similarityMin) })}</span>
      </div>
      <div aria-hidden className="relative h-2 rounded-full bg-hover">
        <span
          style={{ width: place(similarity) }}
          className={`absolute inset-y-0 left-0 rounded-full ${outcome === 'granted' ? 'bg-granted' : 'bg-ink-faint'}`}
        />
        {runnerUpSimilarity !== null && (
          <span
            style={{ left: place(runnerUpSimilarity) }}
            className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-caution"
          />
        )}
        <span
          style={{ left: place(similarityMin) }}
          className="absolute -inset-y-1 w-0.5 -translate-x-1/2 rounded-full bg-ink"
        />
      </div>
      {runnerUpSimilarity !== null && (
        <p className="text-xs text-ink-faint tabular-nums">
          {t('runnerUp', { value: formats.similarity(runnerUpSimilarity) })}
        </p>
      )}
    </div>
  );
}
