import fc from 'fast-check';
import { LOCKED, stepDoor, type DoorInput, type DoorLock } from './door-machine';

const open = (untilMs: number): DoorLock => ({ lock: 'unlocked', untilMs });

describe('stepDoor', () => {
  it.each<[string, DoorLock, DoorInput, DoorLock, string | null]>([
    ['a grant unlocks', LOCKED, { kind: 'grant', atMs: 100, unlockMs: 50 }, open(150), 'energise'],
    ['a grant holds on', open(150), { kind: 'grant', atMs: 120, unlockMs: 50 }, open(170), null],
    [
      'a shorter grant takes no time away',
      open(150),
      { kind: 'grant', atMs: 110, unlockMs: 10 },
      open(150),
      null,
    ],
    ['it stays unlocked before its time', open(150), { kind: 'tick', atMs: 149 }, open(150), null],
    ['it relocks at its time', open(150), { kind: 'tick', atMs: 150 }, LOCKED, 'release'],
    ['a locked door does not mind time', LOCKED, { kind: 'tick', atMs: 1e9 }, LOCKED, null],
    ['shutdown locks', open(150), { kind: 'shutdown' }, LOCKED, 'release'],
    ['shutdown of a locked door moves nothing', LOCKED, { kind: 'shutdown' }, LOCKED, null],
  ])('%s', (_, state, input, expected, relay) => {
    expect(stepDoor(state, input)).toEqual({ state: expected, relay });
  });

  it('moves the relay only to and fro, and never leaves it energised after its time', () => {
    const input = fc.oneof(
      fc.record({ kind: fc.constant('grant' as const), afterMs: fc.nat(1000), unlockMs: fc.nat(1000) }),
      fc.record({ kind: fc.constant('tick' as const), afterMs: fc.nat(1000) }),
    );
    fc.assert(
      fc.property(fc.array(input), (inputs) => {
        let state = LOCKED;
        let isEnergised = false;
        let atMs = 0;
        for (const { afterMs, ...each } of inputs) {
          atMs += afterMs;
          const step = stepDoor(state, { ...each, atMs });
          if (step.relay) {
            expect(step.relay).toBe(isEnergised ? 'release' : 'energise');
            isEnergised = !isEnergised;
          }
          state = step.state;
          expect(isEnergised).toBe(state.lock === 'unlocked');
        }
        expect(stepDoor(state, { kind: 'tick', atMs: atMs + 2000 }).state).toEqual(LOCKED);
      }),
    );
  });
});
