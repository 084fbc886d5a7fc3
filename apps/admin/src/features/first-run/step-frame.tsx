import { Check } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useId } from 'react';
import { cn } from '@/lib/cn';
import { STEPS, type Step } from './steps';

interface StepFrameProps {
  readonly step: Step;
  readonly children: ReactNode;
}

/** One step with its number and its state, joined to the next by a line. */
export function StepFrame({ step: { name, state }, children }: StepFrameProps) {
  const t = useTranslations('firstRun');
  const id = useId();
  const isLast = name === STEPS.at(-1);
  return (
    <li data-step={name} data-state={state} className="relative flex gap-3.5 pb-7 last:pb-0 sm:gap-5">
      {!isLast && (
        <span
          aria-hidden
          className={cn(
            'absolute top-9 bottom-1 left-3.5 w-px sm:left-4',
            state === 'done' ? 'bg-granted' : 'bg-line-strong',
          )}
        />
      )}
      <StepMark state={state} number={STEPS.indexOf(name) + 1} className="size-7 sm:size-8" />
      <section aria-labelledby={id} className="grid min-w-0 flex-1 content-start gap-2 pt-1">
        <h2
          id={id}
          className={cn('text-base leading-6 font-semibold', state === 'later' && 'text-ink-muted')}
        >
          {t(`step.${name}`)}
          <span className="sr-only">: {t(`state.${state}`)}</span>
        </h2>
        {children}
      </section>
    </li>
  );
}

/** A step's number, or a check once it is done: never colour alone. */
export function StepMark(props: {
  readonly state: Step['state'];
  readonly number: number;
  readonly className?: string;
}) {
  return (
    <span
      aria-hidden
      className={cn(
        'grid shrink-0 place-items-center rounded-full border text-xs font-semibold tabular-nums',
        props.state === 'done' && 'border-granted bg-granted text-paper',
        props.state === 'next' && 'border-accent bg-accent-soft text-accent ring-4 ring-accent-soft',
        props.state === 'later' && 'border-line-strong bg-surface text-ink-faint',
        props.className,
      )}
    >
      {props.state === 'done' ? <Check className="size-3.5" strokeWidth={3} /> : props.number}
    </span>
  );
}
