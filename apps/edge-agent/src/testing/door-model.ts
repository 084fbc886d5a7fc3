import fc from 'fast-check';
import { stepDoor, type DoorInput } from '../domain/door-machine';
import {
  nextChangeMs,
  UNTOUCHED_DOOR,
  type DoorFact,
  type DoorState,
  type DoorTimes,
} from '../domain/door-state';

/** What a door may do at most, kept apart from the machine that is tested: for each reason the time when it ends. */
export interface DoorModel {
  atMs: number;
  mode: string;
  modeUntilMs: number;
  personUntilMs: number;
  exitUntilMs: number;
  bolt: boolean;
}

/** The machine with the relay that it moves. */
export interface RealDoor {
  state: DoorState;
  isEnergised: boolean;
  readonly facts: DoorFact[];
  /** Steps that were made. */
  steps: number;
}

export const TIMES: DoorTimes = {
  heldOpenMs: 30_000,
  extendedHeldOpenMs: 60_000,
  heldOpenWarningMs: 10_000,
  relockOnClose: true,
  relockDelayMs: 500,
  rexUnlockMs: 5_000,
};

export function newModel(): DoorModel {
  return { atMs: 0, mode: 'locked', modeUntilMs: 0, personUntilMs: 0, exitUntilMs: 0, bolt: false };
}

export function newDoor(): RealDoor {
  return { state: UNTOUCHED_DOOR, isEnergised: false, facts: [], steps: 0 };
}

type Timeless<T> = T extends unknown ? Omit<T, 'atMs'> : never;
export type Happens = Timeless<DoorInput>;

/** Something happens to the door, so long after what happened before. */
class Happening implements fc.Command<DoorModel, RealDoor> {
  constructor(
    private readonly afterMs: number,
    private readonly input: Happens,
  ) {}

  check(): boolean {
    return true;
  }

  run(model: DoorModel, real: RealDoor): void {
    model.atMs += this.afterMs;
    takeIntoModel(model, this.input);
    stepReal(real, { ...this.input, atMs: model.atMs });
    checkWithin(model, real);
    if (real.isEnergised && nextChangeMs(real.state, TIMES) === null)
      throw new Error('nothing locks it again');
  }

  toString(): string {
    return `+${this.afterMs} ${JSON.stringify(this.input)}`;
  }
}

/** Makes a step, and moves the relay as it says: only to and fro. */
export function stepReal(real: RealDoor, input: DoorInput): void {
  const step = stepDoor(real.state, input, TIMES);
  if (step.relay) {
    // Not by Jest's matchers: there are too many steps.
    if ((step.relay === 'energise') === real.isEnergised) throw new Error(`${step.relay} twice`);
    real.isEnergised = step.relay === 'energise';
  }
  real.state = step.state;
  real.facts.push(...step.facts);
  real.steps += 1;
}

function takeIntoModel(model: DoorModel, input: Happens): void {
  const { atMs, mode, bolt } = model;
  switch (input.kind) {
    case 'unlock':
      if (bolt || mode === 'blocked' || (mode === 'locked-down' && input.by === 'operator')) return;
      model.personUntilMs = Math.max(model.personUntilMs, atMs + input.unlockMs);
      return;
    case 'rex':
      model.exitUntilMs = atMs + TIMES.rexUnlockMs;
      return;
    case 'mode':
      if (input.mode !== model.mode && (input.mode === 'blocked' || input.mode === 'locked-down'))
        [model.personUntilMs, model.exitUntilMs] = [0, 0];
      model.mode = input.mode;
      model.modeUntilMs = input.mode === 'unlocked' ? atMs + input.forMs : 0;
      return;
    case 'lock':
      [model.personUntilMs, model.exitUntilMs] = [0, 0];
      return;
    case 'bolt':
      if (input.isActive && !model.bolt) [model.personUntilMs, model.exitUntilMs] = [0, 0];
      model.bolt = input.isActive;
      return;
    case 'shutdown':
      Object.assign(model, { ...newModel(), atMs, bolt: model.bolt });
      return;
    default:
      return;
  }
}

function checkWithin({ atMs, ...model }: DoorModel, real: RealDoor): void {
  const isAllowed =
    atMs < model.personUntilMs || atMs < model.exitUntilMs || (atMs < model.modeUntilMs && !model.bolt);
  if (!isAllowed && real.isEnergised) throw new Error('unlocked past its time');
}

const inputs = fc.oneof(
  fc.record({
    kind: fc.constant('unlock' as const),
    unlockMs: fc.nat(20_000),
    by: fc.constantFrom('person' as const, 'operator' as const),
    extended: fc.boolean(),
    eventId: fc.constant('visit'),
  }),
  fc.record({
    kind: fc.constant('mode' as const),
    mode: fc.constantFrom('locked' as const, 'unlocked' as const, 'blocked' as const, 'locked-down' as const),
    isEmergency: fc.boolean(),
    forMs: fc.nat(3_000),
  }),
  fc.record({
    kind: fc.constant('position' as const),
    isOpen: fc.constantFrom(true, false, true, false, null),
  }),
  fc.record({
    kind: fc.constantFrom('tamper' as const, 'bolt' as const, 'fire' as const),
    isActive: fc.boolean(),
  }),
  fc.constantFrom(
    { kind: 'rex' as const },
    { kind: 'lock' as const },
    { kind: 'tick' as const },
    { kind: 'shutdown' as const },
  ),
);

/** Anything that may happen to a door, in any order, from at once to a minute apart. */
export const happenings = fc
  .tuple(fc.oneof(fc.nat(2_000), fc.nat(60_000), fc.constant(0)), inputs)
  .map(([afterMs, input]) => new Happening(afterMs, input));
