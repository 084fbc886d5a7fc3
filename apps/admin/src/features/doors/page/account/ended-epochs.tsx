'use client';

import { useTranslations } from 'next-intl';
import { useFormats } from '@/lib/hooks/use-formats';
import type { OutboxEpoch } from './account-api';

/** The outboxes that a door had before, each with what it lost. */
export function EndedEpochs({ epochs }: { readonly epochs: readonly OutboxEpoch[] }) {
  const t = useTranslations('doorAccount');
  const formats = useFormats();
  return (
    <details className="text-xs">
      <summary className="cursor-pointer font-medium text-ink-muted hover:text-ink">
        {t('earlier', { count: epochs.length })}
      </summary>
      <p className="mt-2 text-ink-faint">{t('earlierHint')}</p>
      <ul className="mt-2 grid gap-1 tabular-nums">
        {epochs.map((epoch) => (
          <li key={epoch.epoch}>
            {epoch.lastHeardAt === null
              ? t('untilUnknown')
              : t('until', { at: formats.dateTime(epoch.lastHeardAt) })}
            {` · ${t(`chain.${epoch.chain.state}`)} · ${t('missingCount', { count: epoch.missing })}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
