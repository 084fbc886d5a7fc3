'use client';

import type { DoorRisk, RateWithInterval } from '@munjigi/contracts';
import { Info, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/lib/cn';
import { type Outlook, type OutlookNote, notesOf } from './threshold-draft';
import { useRateTexts } from './use-rate-texts';

const GRAVE: ReadonlySet<OutlookNote> = new Set(['open', 'past-data', 'not-calibrated', 'unknown']);

interface OutlookPanelProps {
  readonly risk: DoorRisk;
  /** Null while it is not known. */
  readonly outlook: Outlook | null;
}

/** What to expect of a threshold at this door, and how well that is known. */
export function OutlookPanel({ risk, outlook }: OutlookPanelProps) {
  const t = useTranslations('doorSettings');
  const texts = useRateTexts();
  const notes = outlook ? notesOf(outlook, risk) : [];
  const written = (rate: RateWithInterval | undefined, write: (rate: number) => string): string => {
    if (!outlook) return '…';
    return rate ? write(rate.rate) : t('unknownRate');
  };
  const { fpir, fnmr } = outlook?.expected ?? {};
  return (
    <section aria-label={t('expected')} className="grid gap-3">
      <h3 className="text-sm font-medium">{t('expected')}</h3>
      <dl
        aria-live="polite"
        className={cn('divide-y rounded-lg border bg-surface transition-opacity', !outlook && 'opacity-60')}
      >
        <Figure term={t('strangers')} note={fpir && texts.oneInInterval(fpir)} grave={notes.includes('open')}>
          {written(fpir, texts.oneIn)}
        </Figure>
        <Figure term={t('turnedAway')} note={fnmr && texts.percentInterval(fnmr)}>
          {written(fnmr, texts.percent)}
        </Figure>
        <Figure term={t('similarity')}>{outlook ? outlook.similarityMin.toFixed(3) : '…'}</Figure>
      </dl>
      {notes.length > 0 && (
        <ul className="grid gap-2">
          {notes.map((note) => (
            <Note key={note} note={note} risk={risk} />
          ))}
        </ul>
      )}
      <p className="text-xs text-ink-faint">{t('gallery', { count: risk.gallerySize })}</p>
    </section>
  );
}

interface FigureProps {
  readonly term: string;
  readonly note?: string | undefined;
  readonly grave?: boolean;
  readonly children: string;
}

function Figure({ term, note, grave, children }: FigureProps) {
  return (
    <div className="flex items-baseline justify-between gap-3 px-3 py-2">
      <dt className="text-ink-muted">{term}</dt>
      <dd className="text-right tabular-nums">
        <span className={cn('block font-semibold', grave && 'text-denied')}>{children}</span>
        {note && <span className="block text-2xs text-ink-faint">{note}</span>}
      </dd>
    </div>
  );
}

function Note({ note, risk }: { readonly note: OutlookNote; readonly risk: DoorRisk }) {
  const t = useTranslations('doorSettings');
  const grave = GRAVE.has(note);
  const Icon = grave ? TriangleAlert : Info;
  return (
    <li
      className={cn(
        'flex gap-2 rounded-md px-3 py-2 text-xs',
        grave ? 'bg-caution-soft text-caution' : 'bg-surface text-ink-muted ring-1 ring-line ring-inset',
      )}
    >
      <Icon aria-hidden className="mt-px size-3.5 shrink-0" />
      <span>
        {t(`note.${note}`, { source: risk.calibration?.name ?? '', count: risk.calibration?.impostor ?? 0 })}
      </span>
    </li>
  );
}
