import { AccessRules } from '@munjigi/access-rules';
import { doorPersonSchema, ruleSetSchema, type RuleSet } from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import { openStore, type DoorStore } from '../adapters/store/open-store';
import type { MemoryStore } from '../ports/memory-store';
import { readableLog } from '../testing/log-lines';
import { ForgetfulMemory } from '../testing/forgetful-memory';
import { ManualClock } from '../testing/manual-clock';
import { temporaryDirectories } from '../testing/temp-directory';
import { Authoriser } from './authorise';

const [doorId, kim, lee, levelId, scheduleId] = [uuidV7(), uuidV7(), uuidV7(), uuidV7(), uuidV7()];
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const OFFICE = [{ from: '09:00', to: '18:00' }];
/** Tuesday, 12:00 in Seoul. */
const NOON_MS = Date.parse('2026-11-24T03:00:00Z');
const HOUR_MS = 3_600_000;

function ruleSet(rules: object = {}, more: object = {}): RuleSet {
  const person = (id: string) => ({ id, name: id, accessLevelIds: [levelId] });
  return ruleSetSchema.parse({
    doors: [
      {
        id: doorId,
        unlockMs: 5000,
        extendedUnlockMs: 15000,
        rules: { siteId: uuidV7(), timeZone: 'Asia/Seoul', ...rules },
      },
    ],
    areas: [],
    schedules: [
      {
        id: scheduleId,
        name: 'Office',
        weekly: Object.fromEntries(DAYS.map((day) => [day, OFFICE])),
        holiday: null,
        holidayCalendarIds: [],
        exceptions: [],
      },
    ],
    holidayCalendars: [],
    accessLevels: [{ id: levelId, name: 'Office', entries: [{ doorIds: [doorId], scheduleId }] }],
    groups: [],
    people: [person(kim), person(lee)],
    lockdowns: [],
    overrides: [],
    ...more,
  });
}

function door(set: RuleSet | null, goesByRules = true, memory: MemoryStore = new ForgetfulMemory()) {
  const clock = new ManualClock();
  clock.wallAtMs = NOON_MS;
  const source = { goesByRules, access: set && new AccessRules(set), doorId, settings: { unlockMs: 4000 } };
  const authoriser = new Authoriser({ source, clock, memory, log: readableLog().log, rulesAgeMs: () => 0 });
  return { clock, source, authoriser };
}

describe('Authoriser', () => {
  it('lets pass by the schedule of the door, on the site’s clock', () => {
    const { authoriser, clock } = door(ruleSet());
    expect(authoriser.ask(kim)).toEqual({ outcome: 'granted', reason: 'matched', unlockMs: 5000 });
    clock.advance(7 * HOUR_MS);
    expect(authoriser.ask(kim)).toEqual({ outcome: 'denied', reason: 'outside-schedule', unlockMs: 0 });
  });

  it('lets nobody pass while the rules are not there', () => {
    expect(door(null).authoriser.ask(kim)).toMatchObject({ outcome: 'denied', reason: 'rules-unavailable' });
    expect(door(ruleSet()).authoriser.ask(uuidV7())).toMatchObject({ outcome: 'denied' });
  });

  it('lets whoever is recognised pass where the server has no rules', () => {
    expect(door(null, false).authoriser.ask(kim)).toEqual({
      outcome: 'granted',
      reason: 'matched',
      unlockMs: 4000,
    });
  });

  it('waits for a second person, and lets them pass together', () => {
    const twoPerson = { count: 2, withinMs: 10_000, approverGroupIds: null };
    const { authoriser, clock } = door(ruleSet({ twoPerson }));
    const first = authoriser.ask(kim);
    expect(first).toMatchObject({ outcome: 'denied', reason: 'two-person-pending' });
    authoriser.note(kim, first);
    clock.advance(3_000);
    expect(authoriser.ask(kim).outcome).toBe('denied');
    const second = authoriser.ask(lee);
    expect(second.outcome).toBe('granted');
    authoriser.note(lee, second);
    expect(authoriser.ask(kim).reason).toBe('two-person-pending');
  });

  it('does not wait longer than the rule allows', () => {
    const { authoriser, clock } = door(
      ruleSet({ twoPerson: { count: 2, withinMs: 10_000, approverGroupIds: null } }),
    );
    authoriser.note(kim, authoriser.ask(kim));
    clock.advance(11_000);
    expect(authoriser.ask(lee).outcome).toBe('denied');
  });

  it('is locked down for all but the exempt', () => {
    const lockdown = {
      id: uuidV7(),
      scope: { kind: 'doors', doorIds: [doorId] },
      exemptGroupIds: [],
      exemptPersonIds: [lee],
      since: '2026-11-24T00:00:00Z',
      note: 'Drill',
    };
    const { authoriser } = door(ruleSet({}, { lockdowns: [lockdown] }));
    expect(authoriser.ask(kim)).toMatchObject({ outcome: 'denied', reason: 'lockdown' });
    expect(authoriser.ask(lee).outcome).toBe('granted');
    expect(authoriser.mode.mode).not.toBe('unlocked');
  });

  it('stands open for all while a schedule or an operator says so', () => {
    const scheduled = door(ruleSet({ unlockScheduleId: scheduleId }));
    expect(scheduled.authoriser.mode.mode).toBe('unlocked');
    scheduled.clock.advance(7 * HOUR_MS);
    expect(scheduled.authoriser.mode.mode).not.toBe('unlocked');
    const until = new Date(NOON_MS + 60_000).toISOString();
    const override = { doorId, priority: 'operator', state: 'unlocked', until };
    const opened = door(ruleSet({}, { overrides: [override] }));
    expect(opened.authoriser.mode.mode).toBe('unlocked');
    opened.clock.advance(60_000);
    expect(opened.authoriser.mode.mode).not.toBe('unlocked');
    expect(door(null).authoriser.mode.mode).not.toBe('unlocked');
  });

  it('denies once the rules are older than the door may go by', () => {
    const { source, clock } = door(ruleSet({ offlineAgeMaxMs: 60_000 }));
    const memory = new ForgetfulMemory();
    const { log } = readableLog();
    const ask = (ageMs: number | null) =>
      new Authoriser({ source, clock, memory, log, rulesAgeMs: () => ageMs }).ask(kim);
    expect(ask(59_000).outcome).toBe('granted');
    expect(ask(61_000)).toMatchObject({ outcome: 'denied', reason: 'offline-too-long' });
    expect(ask(null)).toMatchObject({ outcome: 'denied', reason: 'offline-too-long' });
  });

  describe('after a restart', () => {
    const newDirectory = temporaryDirectories();
    const areaId = uuidV7();
    const inside = ruleSet(
      { toAreaId: areaId },
      {
        areas: [
          {
            ...{ id: areaId, siteId: uuidV7(), name: 'Vault', occupancyMax: 1 },
            antiPassback: { mode: 'hard', forgetAfterMs: null },
          },
        ],
      },
    );
    let store: DoorStore;
    const begin = () => {
      store = openStore({ directory, modelId: 'mobilefacenet-192' });
      return door(inside, true, store.memory);
    };
    let directory: string;
    beforeEach(() => {
      directory = newDirectory();
      const first = begin();
      store.state.applyPage({
        empty: false,
        throughRevision: 1,
        changes: [kim, lee].map((id) => ({
          kind: 'person.put' as const,
          person: doorPersonSchema.parse({ id, name: id }),
        })),
      });
      first.authoriser.note(kim, first.authoriser.ask(kim));
      expect(first.authoriser.ask(kim).reason).toBe('anti-passback');
      store.close();
    });
    afterEach(() => store.close());

    it('goes by what other doors told, but not against what it knows better', () => {
      const { authoriser, clock } = begin();
      const at = (afterMs: number): string => new Date(clock.wallMs() + afterMs).toISOString();
      const left = (afterMs: number) => ({ personId: kim, areaId: null, at: at(afterMs) }) as never;
      authoriser.learn({ moved: [left(-3_600_000)], pardoned: [] });
      expect(authoriser.ask(kim).reason).toBe('anti-passback');
      authoriser.learn({ moved: [], pardoned: [{ personId: kim, at: at(-3_600_000) } as never] });
      expect(authoriser.ask(kim).reason).toBe('anti-passback');
      authoriser.learn({ moved: [left(1_000)], pardoned: [] });
      expect([authoriser.ask(kim).outcome, authoriser.ask(lee).outcome]).toEqual(['granted', 'granted']);
      const came = { personId: lee, areaId, at: at(2_000) } as never;
      authoriser.learn({ moved: [came], pardoned: [] });
      expect([authoriser.ask(kim).reason, authoriser.ask(lee).reason]).toEqual([
        'occupancy-full',
        'anti-passback',
      ]);
      authoriser.learn({ moved: [], pardoned: [{ personId: lee, at: at(3_000) } as never] });
      expect(authoriser.ask(lee).reason).not.toBe('anti-passback');
      store.close();
      expect(begin().authoriser.ask(kim).reason).toBe('occupancy-full');
    });

    it('counts who is inside by another door and has no way through this one, until told anew', () => {
      const { authoriser, clock } = begin();
      const at = (afterMs: number): string => new Date(clock.wallMs() + afterMs).toISOString();
      const stranger = '0192d7b5-0000-7000-8000-00000000000f';
      const moved = (personId: string, to: string | null) =>
        ({ personId, areaId: to, at: at(1_000) }) as never;
      authoriser.learn({ moved: [moved(kim, null), moved(stranger, areaId)], pardoned: [] });
      authoriser.forgetUnknown((personId) => personId !== stranger);
      expect(authoriser.ask(lee).reason).toBe('occupancy-full');
      authoriser.learn({ moved: [], pardoned: [], anew: true });
      expect(authoriser.ask(lee).outcome).toBe('granted');
    });

    it('still knows who is inside', () => {
      const { authoriser } = begin();
      expect(authoriser.ask(kim).reason).toBe('anti-passback');
      expect(authoriser.ask(lee).reason).toBe('occupancy-full');
    });

    it('knows nothing more of somebody who was removed', () => {
      const { authoriser } = begin();
      store.state.applyPage({
        ...{ empty: false, throughRevision: 2 },
        changes: [{ kind: 'person.delete', personId: kim }],
      });
      authoriser.forgetUnknown((personId) => personId !== kim);
      expect(authoriser.ask(lee).outcome).toBe('granted');
      store.close();
      expect(begin().authoriser.ask(lee).outcome).toBe('granted');
    });
  });
});
