import type { DoorStanding } from '@munjigi/contracts';
import fc from 'fast-check';
import {
  happenings,
  newDoor,
  newModel,
  stepReal,
  TIMES,
  type Happens,
  type RealDoor,
} from '../testing/door-model';
import { stepDoor } from './door-machine';
import { nextChangeMs, standingOf } from './door-state';

type Play = readonly [atMs: number, input: Happens];

const closed: Happens = { kind: 'position', isOpen: false };
const opened: Happens = { kind: 'position', isOpen: true };
const tick: Happens = { kind: 'tick' };
const rex: Happens = { kind: 'rex' };
const grant = (unlockMs = 5_000, more: object = {}): Happens => ({
  ...{ kind: 'unlock', unlockMs, by: 'person', eventId: 'visit' },
  ...more,
});
const mode = (name: 'locked' | 'unlocked' | 'blocked' | 'locked-down', isEmergency = false): Happens => ({
  ...{ kind: 'mode', mode: name, isEmergency, forMs: 2_500 },
});

/** Plays what happens to a new door. @returns the door, with what it told of after the first reading of its contact */
function play(...steps: Play[]): RealDoor & { told: string[] } {
  const door = newDoor();
  for (const [atMs, input] of steps) stepReal(door, { ...input, atMs });
  const told = door.facts.map(({ kind }) => kind);
  return { ...door, told: told[0] === 'door-closed' && steps[0]?.[1] === closed ? told.slice(1) : told };
}

/** What happens, whether the relay is energised then, how the door stands, and what it told of. */
// prettier-ignore
const CASES: readonly [string, readonly Play[], boolean, DoorStanding, readonly string[]][] = [
  ['a grant unlocks', [[100, grant(50)]], true, 'accessed', []], ['it stays unlocked before its time', [[100, grant(50)], [149, tick]], true, 'accessed', []],
  ['it relocks at its time', [[100, grant(50)], [150, tick]], false, 'locked', []],
  ['a grant holds on', [[100, grant(50)], [120, grant(50)], [169, tick]], true, 'accessed', []],
  ['a shorter grant takes no time away', [[100, grant(50)], [110, grant(10)], [149, tick]], true, 'accessed', []],
  ['a clock that goes back prolongs nothing', [[100, grant(50)], [150, tick], [120, tick]], false, 'locked', []],
  ['access that is taken is told of', [[0, closed], [1, grant()], [9, opened]], true, 'accessed', ['access-taken']],
  ['access that is not taken, too', [[0, closed], [1, grant()], [5_001, tick]], false, 'locked', ['access-not-taken']],
  ['a door relocks when it closes behind somebody', [[0, closed], [1, grant()], [9, opened], [50, closed], [550, tick]], false, 'locked', ['access-taken']],
  ['but not before its delay', [[0, closed], [1, grant()], [9, opened], [50, closed], [549, tick]], true, 'accessed', ['access-taken']],
  ['a door that opens locked is forced', [[0, closed], [5_000, opened]], false, 'locked', ['door-forced']],
  ['a door that was on its way when it relocked is not', [[0, closed], [1, grant(100)], [101, tick], [1_000, opened]], false, 'locked', ['access-not-taken']],
  ['nor is one that is found open', [[5_000, opened]], false, 'locked', []], ['a forced door that closes is told of', [[0, closed], [5_000, opened], [6_000, closed]], false, 'locked', ['door-forced', 'door-closed']],
  ['a request to exit unlocks', [[0, closed], [1, rex], [9, opened]], true, 'accessed', ['rex']],
  ['and relocks in time', [[1, rex], [5_001, tick]], false, 'locked', ['rex']],
  ['a held door warns before it counts', [[0, closed], [1, grant()], [10, opened], [20_010, tick]], false, 'locked', ['access-taken', 'door-held-open-soon']],
  ['and counts at its time', [[0, closed], [1, grant()], [10, opened], [20_010, tick], [30_010, tick]], false, 'locked', ['access-taken', 'door-held-open-soon', 'door-held-open']],
  ['later for who needs longer', [[0, closed], [1, grant(5_000, { extended: true })], [10, opened], [30_010, tick]], false, 'locked', ['access-taken']],
  ['a door unlocked for all opens for anybody', [[0, closed], [1, mode('unlocked')], [9, opened]], true, 'unlocked', []],
  ['and relocks when nobody says so again', [[1, mode('unlocked')], [2_501, tick]], false, 'locked', []],
  ['an emergency locks it open', [[1, mode('unlocked', true)]], true, 'locked-open', []], ['a blocked door unlocks for nobody', [[0, closed], [1, mode('blocked')], [2, grant()]], false, 'blocked', ['access-not-taken']],
  ['but for who asks to leave', [[1, mode('blocked')], [2, rex]], true, 'accessed', ['rex']],
  ['a lockdown ends what was unlocked before', [[1, grant()], [2, mode('locked-down')]], false, 'locked-down', []],
  ['and lets pass who may', [[1, mode('locked-down')], [2, grant()]], true, 'accessed', []],
  ['not an operator', [[1, mode('locked-down')], [2, grant(50, { by: 'operator' })]], false, 'locked-down', ['access-not-taken']],
  ['a second lock holds', [[1, { kind: 'bolt', isActive: true }], [2, grant()]], false, 'double-locked', ['double-locked', 'access-not-taken']],
  ['fire is only looked at', [[0, closed], [1, { kind: 'fire', isActive: true }], [2, opened]], false, 'locked', ['fire-release']],
  ['tamper is told once', [[0, { kind: 'tamper', isActive: true }], [1, { kind: 'tamper', isActive: true }]], false, 'locked', ['tamper']],
  ['shutdown locks', [[1, mode('unlocked', true)], [2, grant()], [3, { kind: 'shutdown' }]], false, 'locked', []],
];

describe('stepDoor', () => {
  it.each(CASES)('%s', (_, steps, isEnergised, standing, told) => {
    const door = play(...steps);
    expect({ energised: door.isEnergised, standing: standingOf(door.state), told: door.told }).toEqual({
      energised: isEnergised,
      standing,
      told,
    });
  });

  it('counts the time of a door that may stand open from when it no longer may', () => {
    const door = play(
      [0, closed],
      [1, mode('unlocked')],
      [9, opened],
      [2_000, mode('unlocked')],
      [4_000, mode('unlocked')],
      [5_000, mode('locked')],
    );
    expect(door.told).not.toContain('door-held-open');
    stepReal(door, { kind: 'tick', atMs: 34_999 });
    expect(door.facts.map(({ kind }) => kind)).not.toContain('door-held-open');
    stepReal(door, { kind: 'tick', atMs: 35_000 });
    expect(door.facts.map(({ kind }) => kind)).toContain('door-held-open');
  });

  it('asks to be woken whenever something is to end', () => {
    const door = play([0, closed], [1, grant()], [10, opened]);
    const wakes: number[] = [];
    for (let next = nextChangeMs(door.state, TIMES); next !== null; next = nextChangeMs(door.state, TIMES)) {
      wakes.push(next);
      stepReal(door, { kind: 'tick', atMs: next });
    }
    expect(wakes).toEqual([5_001, 20_010, 30_010]);
  });

  it('never leaves a door unlocked past its time, in 100,000 random steps', () => {
    let steps = 0;
    fc.assert(
      fc.property(fc.commands([happenings], { maxCommands: 400, size: 'max' }), (commands) => {
        const door = newDoor();
        const model = newModel();
        fc.modelRun(() => ({ model, real: door }), commands);
        steps += door.steps;
        // Left alone but for the wakes that it asks for, it locks.
        for (let wakes = 0; wakes < 10 && door.isEnergised; wakes += 1) {
          const atMs = nextChangeMs(door.state, TIMES)!;
          stepReal(door, { kind: 'tick', atMs });
        }
        expect(door.isEnergised).toBe(false);
      }),
      { numRuns: 600, endOnFailure: true },
    );
    expect(steps).toBeGreaterThanOrEqual(100_000);
  });

  it('changes nothing of the state that it is given', () => {
    const before = Object.freeze({ ...newDoor().state });
    expect(() => stepDoor(before, { ...grant(), atMs: 5 }, TIMES)).not.toThrow();
  });
});
