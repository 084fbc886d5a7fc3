import type { FirstRun } from '@munjigi/contracts';

/** The way from an empty system to the first opened door, in its order. */
export const STEPS = ['administrator', 'site', 'door', 'person', 'access', 'passage'] as const;

export type StepName = (typeof STEPS)[number];

/** One step, as far as it is. `next`: the first that is left. */
export interface Step {
  readonly name: StepName;
  readonly state: 'done' | 'next' | 'later';
}

/** Where each step stands. @param mayPass whether the person may pass the door by the rules of now */
export function stepsOf(run: FirstRun, mayPass: boolean): readonly Step[] {
  const hasPassed = run.firstGrantedAt !== null;
  const isDone: Readonly<Record<StepName, boolean>> = {
    // Whoever asks is signed in.
    administrator: true,
    site: run.sites > 0,
    door: run.doorsHeard > 0 || hasPassed,
    person: run.enrolled > 0 || hasPassed,
    access: mayPass || hasPassed,
    passage: hasPassed,
  };
  const next = STEPS.find((name) => !isDone[name]);
  return STEPS.map((name) => ({ name, state: isDone[name] ? 'done' : name === next ? 'next' : 'later' }));
}
