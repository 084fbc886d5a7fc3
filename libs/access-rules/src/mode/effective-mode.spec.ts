import type { DoorOverride, RuleSet } from '@munjigi/contracts';
import { HEALTHY } from '../health';
import { restoreMemory } from '../memory/memory';
import { questionOf } from '../testing/ask';
import { at, doorOf, id, scheduleOf, week } from '../testing/rule-fixture';
import { effectiveMode, type ModeQuestion } from './effective-mode';

const modeOf = (rules: Partial<RuleSet>, change: Partial<ModeQuestion> = {}) =>
  effectiveMode(questionOf(rules, change));
const override = (change: Partial<DoorOverride>): DoorOverride => ({
  doorId: id.door(),
  priority: 'operator',
  state: 'unlocked',
  until: '2026-10-01T12:00:00+02:00',
  ...change,
});
const lockdown = {
  id: id.lockdown(),
  scope: { kind: 'doors' as const, doorIds: [id.door()] },
  exemptGroupIds: [],
  exemptPersonIds: [],
  since: '2026-10-01T07:00:00Z',
  note: '',
};
const scheduled = { doors: [doorOf({ unlockScheduleId: id.schedule() })] };
const NOON = at('2026-10-01T12:00:00+02:00');

describe('the mode of a door', () => {
  it('is locked for good when nothing is said', () => {
    expect(modeOf({})).toEqual({ mode: 'locked', cause: { kind: 'none' }, untilMs: null });
  });

  it('is unlocked while its schedule covers the time', () => {
    expect(modeOf(scheduled)).toEqual({
      mode: 'unlocked',
      cause: { kind: 'schedule', scheduleId: id.schedule() },
      untilMs: at('2026-10-01T18:00:00+02:00'),
    });
    expect(modeOf(scheduled, { atMs: at('2026-10-01T18:00:00+02:00') })).toEqual({
      mode: 'locked',
      cause: { kind: 'none' },
      untilMs: at('2026-10-02T09:00:00+02:00'),
    });
  });

  it('waits for the first person of the day, and again from midnight', () => {
    const rules = {
      schedules: [scheduleOf({ weekly: week('00:00-24:00') })],
      doors: [
        doorOf({
          unlockScheduleId: id.schedule(),
          firstPersonIn: { groupIds: [id.group(2)], scheduleId: null },
        }),
      ],
    };
    const midnight = at('2026-10-02T00:00:00+02:00');
    expect(modeOf(rules)).toEqual({
      mode: 'locked',
      cause: { kind: 'first-person', scheduleId: id.schedule() },
      untilMs: midnight,
    });
    const memory = restoreMemory(
      [],
      [[id.door(), { open: null, firstPersonAtMs: at('2026-10-01T08:00:00+02:00'), presented: [] }]],
    );
    expect(modeOf(rules, { memory })).toMatchObject({ mode: 'unlocked', untilMs: midnight });
    expect(modeOf(rules, { memory, atMs: midnight }).mode).toBe('locked');
  });

  it.each([
    ['locked', 'locked'],
    ['blocked', 'blocked'],
    ['unlocked', 'unlocked'],
    ['normal', 'unlocked'],
  ] as const)('under an operator’s %s is %s, whatever the schedule says', (state, mode) => {
    const found = modeOf({ ...scheduled, overrides: [override({ state })] });
    expect(found.mode).toBe(mode);
    expect(found.cause.kind).toBe(state === 'normal' ? 'schedule' : 'override');
  });

  it('returns to normal by itself at the end of an override', () => {
    const rules = { overrides: [override({})] };
    expect(modeOf(rules, { atMs: NOON - 1 })).toMatchObject({ mode: 'unlocked', untilMs: NOON });
    expect(modeOf(rules, { atMs: NOON })).toMatchObject({ mode: 'locked', cause: { kind: 'none' } });
  });

  it('follows the emergency before the operator, in either order', () => {
    const both = [override({ state: 'blocked' }), override({ priority: 'emergency', until: null })];
    for (const overrides of [both, [...both].reverse()]) {
      expect(modeOf({ overrides })).toEqual({
        mode: 'unlocked',
        cause: { kind: 'override', priority: 'emergency', state: 'unlocked' },
        untilMs: null,
      });
    }
  });

  it('follows the operator once the emergency has passed', () => {
    const overrides = [
      override({ state: 'locked', until: '2026-10-02T00:00:00Z' }),
      override({ priority: 'emergency' }),
    ];
    expect(modeOf({ overrides }, { atMs: NOON }).cause).toMatchObject({ priority: 'operator' });
  });

  it('follows the strictest of one priority', () => {
    const overrides = [override({}), override({ state: 'blocked' }), override({ state: 'locked' })];
    expect(modeOf({ overrides }).mode).toBe('blocked');
  });

  it('is locked down before all else', () => {
    const overrides = [override({ priority: 'emergency', until: null })];
    expect(modeOf({ ...scheduled, overrides, lockdowns: [lockdown] })).toEqual({
      mode: 'locked-down',
      cause: { kind: 'lockdown', lockdownId: id.lockdown() },
      untilMs: null,
    });
  });

  it('ignores the overrides of other doors', () => {
    expect(modeOf({ overrides: [override({ doorId: id.door(2) })] }).mode).toBe('locked');
  });
});

describe('a door in doubt', () => {
  const untrusted = { health: { ...HEALTHY, clockTrusted: false } };

  it.each<[string, Partial<RuleSet>, Partial<ModeQuestion>, string]>([
    ['that is unknown', { doors: [] }, {}, 'rules-unavailable'],
    ['of an unknown time zone', { doors: [doorOf({ timeZone: 'Mars/Olympus' })] }, {}, 'rules-unavailable'],
    ['of an unknown schedule', { ...scheduled, schedules: [] }, {}, 'rules-unavailable'],
    ['without a trusted clock', scheduled, untrusted, 'clock-untrusted'],
    ['at a time that is none', scheduled, { atMs: Number.NaN }, 'clock-untrusted'],
  ])('%s stays locked', (_, rules, change, reason) => {
    const unlocking = { overrides: [override({})] };
    const expected = { mode: 'locked', cause: { kind: 'doubt', reason }, untilMs: null };
    expect(modeOf(rules, change)).toEqual(expected);
    if (reason === 'clock-untrusted') expect(modeOf({ ...rules, ...unlocking }, change)).toEqual(expected);
  });

  it('keeps what closes it', () => {
    expect(modeOf({ overrides: [override({ state: 'blocked' })] }, untrusted).mode).toBe('blocked');
    expect(modeOf({ lockdowns: [lockdown] }, untrusted).mode).toBe('locked-down');
    const unreadable = { overrides: [override({ state: 'blocked', until: 'later' })] };
    expect(modeOf(unreadable).mode).toBe('blocked');
    expect(modeOf({ overrides: [override({ until: 'later' })] }).mode).toBe('locked');
  });
});
