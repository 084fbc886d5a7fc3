import type { DoorPerson } from '@munjigi/contracts';
import fc from 'fast-check';
import { decideAccess } from '../decide/decide-access';
import { arbitraryRules } from '../testing/arbitrary-rules';
import { questionOf } from '../testing/ask';
import { at, doorOf, id, personOf, ruleSet, scheduleOf, week } from '../testing/rule-fixture';
import { AccessRules } from './access-rules';
import { whenMayPass } from './when-may-pass';

const HOUR_MS = 3_600_000;
const ask = (person: Partial<DoorPerson>, from: string, until: string) =>
  whenMayPass({
    rules: new AccessRules(ruleSet({ people: [personOf(person)] })),
    personId: id.person(),
    doorId: id.door(),
    fromMs: at(from),
    untilMs: at(until),
  }).map(({ fromMs, untilMs }) => [new Date(fromMs).toISOString(), new Date(untilMs).toISOString()]);

describe('when a person may pass', () => {
  const friday = '2026-10-02T12:00:00+02:00';
  const tuesday = '2026-10-06T12:00:00+02:00';

  it('is the hours of their levels within the period', () => {
    expect(ask({}, friday, tuesday)).toEqual([
      ['2026-10-02T10:00:00.000Z', '2026-10-02T16:00:00.000Z'],
      ['2026-10-05T07:00:00.000Z', '2026-10-05T16:00:00.000Z'],
      ['2026-10-06T07:00:00.000Z', '2026-10-06T10:00:00.000Z'],
    ]);
  });

  it('is one stretch where levels overlap', () => {
    expect(ask({ accessLevelIds: [id.level(2)] }, friday, tuesday)).toEqual([
      ['2026-10-02T10:00:00.000Z', '2026-10-06T10:00:00.000Z'],
    ]);
  });

  it('is one stretch where levels touch', () => {
    const schedules = [
      scheduleOf({ weekly: week('09:00-12:00') }),
      scheduleOf({ id: id.schedule(2), weekly: week('12:00-15:00') }),
    ];
    const people = [personOf({ accessLevelIds: [id.level(2)] })];
    const rules = new AccessRules(ruleSet({ schedules, people }));
    const [fromMs, untilMs] = [at('2026-10-01T00:00:00+02:00'), at('2026-10-02T00:00:00+02:00')];
    expect(whenMayPass({ rules, personId: id.person(), doorId: id.door(), fromMs, untilMs })).toEqual([
      { fromMs: at('2026-10-01T09:00:00+02:00'), untilMs: at('2026-10-01T15:00:00+02:00') },
    ]);
  });

  it('keeps within their validity', () => {
    const validity = { validFrom: '2026-10-02T13:00:00Z', validUntil: '2026-10-05T08:00:00Z' };
    expect(ask(validity, friday, tuesday)).toEqual([
      ['2026-10-02T13:00:00.000Z', '2026-10-02T16:00:00.000Z'],
      ['2026-10-05T07:00:00.000Z', '2026-10-05T08:00:00.000Z'],
    ]);
    expect(ask({ validFrom: 'soon' }, friday, tuesday)).toEqual([]);
  });

  it('is never for who is suspended, or has no level, or while a schedule is unknown', () => {
    expect(ask({ status: 'suspended' }, friday, tuesday)).toEqual([]);
    expect(ask({ groupIds: [] }, friday, tuesday)).toEqual([]);
    const rules = new AccessRules(ruleSet({ schedules: [] }));
    const question = {
      rules,
      personId: id.person(),
      doorId: id.door(),
      fromMs: at(friday),
      untilMs: at(tuesday),
    };
    expect(whenMayPass(question)).toEqual([]);
  });

  it('is an hour longer, or shorter, on days when the clock is set', () => {
    const always = { groupIds: [], accessLevelIds: [id.level(2)] };
    const [[from, until] = []] = ask(always, '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z');
    expect((at(until!) - at(from!)) / HOUR_MS).toBe(25);
  });

  it.each([
    ['ends before it begins', tuesday, friday],
    ['is longer than 400 days', '2026-01-01T00:00:00Z', '2027-02-05T00:00:00.001Z'],
  ])('refuses a period that %s', (_, from, until) => {
    expect(() => ask({}, from, until)).toThrow(RangeError);
  });

  it('is when the door would let them pass', () => {
    const fromMs = at('2026-10-23T00:00:00Z');
    fc.assert(
      fc.property(arbitraryRules, fc.array(fc.nat(96 * 60), { minLength: 20 }), (rules, minutes) => {
        const plain = {
          ...rules,
          doors: [doorOf({ timeZone: 'Europe/Berlin' })],
          lockdowns: [],
          overrides: [],
        };
        const question = questionOf(plain);
        const periods = whenMayPass({ ...question, fromMs, untilMs: fromMs + 96 * HOUR_MS });
        for (const minute of minutes) {
          const atMs = fromMs + minute * 60_000 - 1;
          if (atMs < fromMs) continue;
          const listed = periods.some((period) => atMs >= period.fromMs && atMs < period.untilMs);
          expect(listed).toBe(decideAccess({ ...question, atMs }).outcome === 'granted');
        }
      }),
    );
  });
});
