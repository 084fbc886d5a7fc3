'use client';

import type { FirstRun } from '@munjigi/contracts';
import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { cn } from '@/lib/cn';
import { useMay } from '../auth/use-may';
import { useDismissFirstRun, useFirstRun } from './first-run-api';
import { StepMark } from './step-frame';
import { STEPS, stepsOf } from './steps';
import { useFirstPair } from './use-first-pair';

/** What is left of the first steps, until somebody came through a door or it is put away; then nothing. */
export function FirstRunCard() {
  const run = useFirstRun();
  if (!run.data || run.data.dismissed || run.data.firstGrantedAt !== null) return null;
  return <Checklist run={run.data} />;
}

function Checklist({ run }: { readonly run: FirstRun }) {
  const t = useTranslations('firstRun');
  const may = useMay();
  const dismiss = useDismissFirstRun();
  const pair = useFirstPair({}, run.doorsHeard > 0 && run.enrolled > 0);
  const steps = stepsOf(run, pair.why.data?.decision.outcome === 'granted');
  const done = steps.filter(({ state }) => state === 'done').length;
  return (
    <Card
      title={t('title')}
      action={
        <>
          <span className="text-xs text-ink-faint tabular-nums">
            {t('progress', { done, total: STEPS.length })}
          </span>
          {may('settings:write', null) && (
            <Button
              size="sm"
              variant="ghost"
              pending={dismiss.isPending}
              onClick={() => dismiss.mutate(true)}
            >
              {t('putAway')}
            </Button>
          )}
          <Button size="sm" variant="primary" asChild>
            <Link href="/first-run">
              {t('resume')}
              <ArrowRight aria-hidden />
            </Link>
          </Button>
        </>
      }
    >
      <ol className="grid gap-x-6 gap-y-2.5 px-3.5 py-3 sm:grid-cols-2 lg:grid-cols-3">
        {steps.map(({ name, state }, index) => (
          <li key={name} className="flex items-center gap-2.5">
            <StepMark state={state} number={index + 1} className="size-6 ring-0!" />
            <span
              className={cn('truncate', state === 'next' ? 'font-medium' : 'text-ink-muted')}
              aria-current={state === 'next' ? 'step' : undefined}
            >
              {t(`step.${name}`)}
              <span className="sr-only">: {t(`state.${state}`)}</span>
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
