'use client';

import type { OverviewDay } from '@munjigi/contracts';
import { useFormatter, useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';

/** Entries of today by the hour, each against the median of the same weekday. */
export function DayChart({ day }: { readonly day: OverviewDay }) {
  const t = useTranslations('overview');
  const format = useFormatter();
  const top = Math.max(4, ...day.hours.flatMap(({ entries, usualEntries }) => [entries, usualEntries ?? 0]));
  const share = (count: number) => `${(100 * count) / top}%`;
  return (
    <Card title={t('byHour')}>
      <figure className="relative px-3.5 pt-3 pb-3.5">
        <div aria-hidden className="flex h-36 items-end gap-px sm:gap-1">
          {day.hours.map(({ entries, usualEntries }, hour) => (
            <div
              key={hour}
              title={t('hourTitle', { hour, entries, usual: usualEntries ?? 0 })}
              className="relative flex h-full flex-1 items-end rounded-t-xs hover:bg-hover"
            >
              <span
                className="w-full rounded-t-xs bg-accent"
                style={{ height: entries === 0 ? 0 : `max(2px, ${share(entries)})` }}
              />
              {usualEntries !== null && usualEntries > 0 && (
                <span
                  className="absolute inset-x-0 h-0.5 bg-ink ring-1 ring-surface"
                  style={{ bottom: share(usualEntries) }}
                />
              )}
            </div>
          ))}
        </div>
        <div
          aria-hidden
          className="mt-1 flex justify-between border-t pt-1 text-2xs text-ink-faint tabular-nums"
        >
          {[0, 6, 12, 18, 24].map((hour) => (
            <span key={hour}>{t('oclock', { hour })}</span>
          ))}
        </div>
        <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-muted">
          <span className="flex items-center gap-1.5">
            <span aria-hidden className="size-2.5 rounded-xs bg-accent" />
            {t('today')}
          </span>
          <span className="flex items-center gap-1.5">
            <span aria-hidden className="h-0.5 w-3 bg-ink" />
            {day.daysCompared === 0 ? t('noUsual') : t('usualOf', { count: day.daysCompared })}
          </span>
        </figcaption>
        <div className="sr-only">
          <table>
            <caption>{t('byHour')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('hour')}</th>
                <th scope="col">{t('today')}</th>
                <th scope="col">{t('usual')}</th>
              </tr>
            </thead>
            <tbody>
              {day.hours.map(({ entries, usualEntries }, hour) => (
                <tr key={hour}>
                  <th scope="row">{t('oclock', { hour })}</th>
                  <td>{entries}</td>
                  <td>{usualEntries === null ? '–' : format.number(usualEntries)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </figure>
    </Card>
  );
}
