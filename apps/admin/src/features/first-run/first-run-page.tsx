'use client';

import type { FirstRun } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Button } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../auth/use-may';
import { PageHeader } from '../shell/page-header';
import { useDismissFirstRun, useFirstRun } from './first-run-api';
import { StepFrame } from './step-frame';
import { STEPS, type Step, stepsOf } from './steps';
import { AdministratorStep, SiteStep } from './steps/site-steps';
import { type FirstPair, useFirstPair } from './use-first-pair';

const STEP = { placeholder: <Skeleton className="h-24 rounded-xl" /> };
const AccessStep = lazyPart(() => import('./steps/access-step').then((m) => m.AccessStep), STEP);
const DoorStep = lazyPart(() => import('./steps/door-step').then((m) => m.DoorStep), STEP);
const PassageStep = lazyPart(() => import('./steps/passage-step').then((m) => m.PassageStep), STEP);
const PersonStep = lazyPart(() => import('./steps/person-step').then((m) => m.PersonStep), STEP);

/** The way from an empty system to the first person who passes the first door; it can be left at any step. */
export function FirstRunPage() {
  const t = useTranslations('firstRun');
  const [url, changeUrl] = useUrlState();
  const run = useFirstRun({ follow: true });
  const wished = { doorId: url.get('doorId') ?? undefined, personId: url.get('personId') ?? undefined };
  const pair = useFirstPair(wished, true);
  const steps = run.data ? stepsOf(run.data, pair.why.data?.decision.outcome === 'granted') : [];
  const done = steps.filter(({ state }) => state === 'done').length;
  return (
    <>
      <PageHeader title={t('title')} note={run.data && t('progress', { done, total: STEPS.length })}>
        {run.data && <PutAway run={run.data} />}
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {run.isError && !run.data && <ErrorNotice error={run.error} onRetry={() => void run.refetch()} />}
        <div className="mx-auto grid max-w-2xl gap-6 p-4 md:p-8">
          <p className="text-sm text-balance text-ink-muted">{t('lead')}</p>
          {run.isPending && STEPS.map((name) => <Skeleton key={name} className="h-12 rounded-xl" />)}
          <ol>
            {run.data &&
              steps.map((step) => (
                <StepFrame key={step.name} step={step}>
                  <StepBody
                    step={step}
                    run={run.data}
                    pair={pair}
                    onPair={(change) => changeUrl(change, 'replace')}
                  />
                </StepFrame>
              ))}
          </ol>
        </div>
      </div>
    </>
  );
}

interface StepBodyProps {
  readonly step: Step;
  readonly run: FirstRun;
  readonly pair: FirstPair;
  readonly onPair: (change: { readonly doorId?: string; readonly personId?: string }) => void;
}

function StepBody({ step: { name, state }, run, pair, onPair }: StepBodyProps) {
  const isDone = state === 'done';
  if (name === 'administrator') return <AdministratorStep />;
  if (name === 'site') return <SiteStep />;
  if (name === 'door') return <DoorStep run={run} isDone={isDone} />;
  if (name === 'person') return <PersonStep run={run} isDone={isDone} />;
  if (name === 'access') return <AccessStep pair={pair} onChange={onPair} />;
  return <PassageStep run={run} pair={pair} />;
}

function PutAway({ run }: { readonly run: FirstRun }) {
  const t = useTranslations('firstRun');
  const may = useMay();
  const toaster = useToaster();
  const dismiss = useDismissFirstRun();
  if (!may('settings:write', null) || run.firstGrantedAt !== null) return null;
  const next = !run.dismissed;
  return (
    <Button
      pending={dismiss.isPending}
      onClick={() =>
        dismiss.mutate(next, {
          onSuccess: () => next && toaster.done(t('isPutAway'), t('putAwayHint')),
        })
      }
    >
      {t(next ? 'putAway' : 'takeOut')}
    </Button>
  );
}
