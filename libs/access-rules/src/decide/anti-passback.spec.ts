import type { AccessStep, AntiPassback, AreaId } from '@munjigi/contracts';
import { restoreMemory } from '../memory/memory';
import { questionOf, IN_OFFICE_HOURS } from '../testing/ask';
import { areaOf, doorOf, id } from '../testing/rule-fixture';
import { decideAccess } from './decide-access';

const MINUTE_MS = 60_000;
const into = { toAreaId: id.area() };
const outOf = { fromAreaId: id.area() };
const hard: AntiPassback = { mode: 'hard', forgetAfterMs: null };

/** The decision about somebody who passed into an area (null: outside) a while ago; undefined: was never seen. */
function decide(
  rules: { fromAreaId?: AreaId; toAreaId?: AreaId },
  lastAreaId: AreaId | null | undefined,
  { antiPassback = hard, minutesAgo = 1, forgiven = false } = {},
) {
  const sinceMs = IN_OFFICE_HOURS - minutesAgo * MINUTE_MS;
  const seen =
    lastAreaId === undefined ? [] : [[id.person(), { areaId: lastAreaId, sinceMs, forgiven }] as const];
  const decision = decideAccess(
    questionOf(
      { areas: [areaOf({ antiPassback }), areaOf({ id: id.area(2) })], doors: [doorOf(rules)] },
      { memory: restoreMemory(seen, []) },
    ),
  );
  const step = decision.steps.find(
    (each): each is Extract<AccessStep, { check: 'anti-passback' }> => each.check === 'anti-passback',
  );
  return { reason: decision.reason, violatedAreaId: step?.violatedAreaId ?? null, step };
}

describe('hard anti-passback', () => {
  it.each([
    ['entering from outside', into, null, 'matched'],
    ['entering, never seen before', into, undefined, 'matched'],
    ['entering, last seen in another area', into, id.area(2), 'matched'],
    ['entering again', into, id.area(), 'anti-passback'],
    ['leaving', outOf, id.area(), 'matched'],
    ['leaving, never seen before', outOf, undefined, 'matched'],
    ['leaving without having entered', outOf, null, 'anti-passback'],
    ['leaving while in another area', outOf, id.area(2), 'anti-passback'],
    ['a door within the area', { ...into, ...outOf }, null, 'matched'],
    ['a door of no area', {}, id.area(), 'matched'],
  ])('%s', (_, rules, lastAreaId, reason) => {
    expect(decide(rules, lastAreaId).reason).toBe(reason);
  });

  it('forgives the next pass', () => {
    expect(decide(into, id.area(), { forgiven: true }).reason).toBe('matched');
  });

  it('forgets after its time, and not before', () => {
    const timed: AntiPassback = { mode: 'hard', forgetAfterMs: 10 * MINUTE_MS };
    expect(decide(into, id.area(), { antiPassback: timed, minutesAgo: 9.99 }).reason).toBe('anti-passback');
    expect(decide(into, id.area(), { antiPassback: timed, minutesAgo: 10 }).reason).toBe('matched');
  });

  it('does not forget what lies ahead, after the clock was set back', () => {
    const timed: AntiPassback = { mode: 'hard', forgetAfterMs: 10 * MINUTE_MS };
    expect(decide(into, id.area(), { antiPassback: timed, minutesAgo: -60 }).reason).toBe('anti-passback');
  });
});

describe('soft anti-passback', () => {
  it('lets pass, and says that the rule is broken', () => {
    const soft: AntiPassback = { mode: 'soft', forgetAfterMs: null };
    const { reason, step } = decide(into, id.area(), { antiPassback: soft });
    expect(reason).toBe('matched');
    expect(step).toEqual({
      check: 'anti-passback',
      passed: true,
      reason: null,
      violatedAreaId: id.area(),
      lastAreaId: id.area(),
    });
  });
});

describe('no anti-passback', () => {
  it('says nothing', () => {
    const off: AntiPassback = { mode: 'off', forgetAfterMs: null };
    expect(decide(into, id.area(), { antiPassback: off })).toMatchObject({
      reason: 'matched',
      violatedAreaId: null,
    });
  });
});
