'use client';

import type { AccessStep, Why } from '@munjigi/contracts';
import { Check, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/lib/cn';
import { useStepText } from './step-text';
import { useZonedFormats } from './zoned-formats';

/** The answer of *why?*: the outcome in a sentence, then each check with what it looked at. */
export function WhyAnswer({ why }: { readonly why: Why }) {
  const t = useTranslations('why');
  const reason = useTranslations('reason');
  const { decision } = why;
  const granted = decision.outcome === 'granted';
  const formats = useZonedFormats(why.timeZone);
  const level = why.names.accessLevels.find(({ id }) => id === decision.accessLevelId)?.name;
  return (
    <section aria-label={t('answer')} aria-live="polite" className="grid gap-4">
      <div
        className={cn(
          'flex items-start gap-3 rounded-xl border p-4',
          granted ? 'border-granted bg-granted-soft' : 'border-denied bg-denied-soft',
        )}
      >
        <span
          aria-hidden
          className={cn(
            'grid size-8 shrink-0 place-items-center rounded-full text-paper',
            granted ? 'bg-granted' : 'bg-denied',
          )}
        >
          {granted ? (
            <Check className="size-4.5" strokeWidth={3} />
          ) : (
            <X className="size-4.5" strokeWidth={3} />
          )}
        </span>
        <div className="min-w-0">
          <p className="font-semibold">
            {t(granted ? 'mayPass' : 'mayNotPass', { name: why.person.name, door: why.door.name })}
          </p>
          <p className="text-ink-muted">
            {granted ? level && t('byLevel', { level }) : reason(decision.reason)}
          </p>
          <p className="text-xs text-ink-muted tabular-nums">
            {formats.dateTime(why.at)} ({why.timeZone})
          </p>
        </div>
      </div>
      <WhySteps why={why} />
    </section>
  );
}

/** Each check of a decision with what it looked at. */
export function WhySteps({ why }: { readonly why: Why }) {
  const t = useTranslations('why');
  const text = useStepText(why);
  return (
    <div className="overflow-clip rounded-xl border bg-surface">
      <h3 className="border-b px-3.5 py-2 text-xs font-medium text-ink-muted">{t('checks')}</h3>
      <ol className="divide-y">
        {why.decision.steps.map((step) => (
          <StepRow key={step.check} step={step} lines={text(step)} />
        ))}
      </ol>
    </div>
  );
}

function StepRow({ step, lines }: { readonly step: AccessStep; readonly lines: readonly string[] }) {
  const t = useTranslations('why');
  return (
    <li className="flex gap-3 px-3.5 py-2">
      {step.passed ? (
        <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-granted" />
      ) : (
        <X aria-hidden className="mt-0.5 size-4 shrink-0 text-denied" strokeWidth={2.5} />
      )}
      <div className="min-w-0">
        <p className="font-medium">
          {t(`check.${step.check}`)}
          <span className="sr-only">: {t(step.passed ? 'passed' : 'failed')}</span>
        </p>
        {lines.map((line) => (
          <p key={line} className="text-xs text-ink-muted">
            {line}
          </p>
        ))}
      </div>
    </li>
  );
}
