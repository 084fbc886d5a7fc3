import * as contracts from './index';
import { goldenMessage } from './testing';

const { doorOverrideSchema, doorPersonSchema, doorRulesSchema, holidaySchema, timeIntervalSchema } =
  contracts;

describe('the data of the access rules', () => {
  it('leaves a door that names nothing but its site without any further rule', () => {
    const siteId = '0198c2f0-7a3b-7c11-8a44-000000000004';
    expect(doorRulesSchema.parse({ siteId, timeZone: 'Asia/Seoul' })).toEqual({
      siteId,
      timeZone: 'Asia/Seoul',
      fromAreaId: null,
      toAreaId: null,
      twoPerson: null,
      firstPersonIn: null,
      interlockDoorIds: [],
      unlockScheduleId: null,
      offlineAgeMaxMs: null,
      offlinePolicy: { kind: 'deny' },
    });
  });

  it('reads a person of whom only the name is said as one without access', () => {
    const known = { id: '0198c2f0-7a3b-7c11-8a44-000000000001', name: '김민지' };
    expect(doorPersonSchema.parse(known)).toMatchObject({ ...known, groupIds: [], accessLevelIds: [] });
  });

  it.each([
    ['09:00', '18:00', true],
    ['00:00', '24:00', true],
    ['23:59', '24:00', true],
    ['09:00', '09:00', false],
    ['22:00', '06:00', false],
    ['24:00', '24:00', false],
    ['9:00', '18:00', false],
    ['09:00', '24:01', false],
    ['09:60', '18:00', false],
  ])('takes an interval from %s to %s: %s', (from, to, valid) => {
    expect(timeIntervalSchema.safeParse({ from, to }).success).toBe(valid);
  });

  it.each([
    ['a leap day', { date: '2028-02-29' }, true],
    ['a leap day of a year that has none', { date: '2027-02-29' }, false],
    ['a year of holidays', { date: '2027-01-01', lastDate: '2027-12-31' }, true],
    ['more than 366 days', { date: '2027-01-01', lastDate: '2028-01-02' }, false],
    ['an end before the start', { date: '2027-01-02', lastDate: '2027-01-01' }, false],
  ])('takes %s as a holiday: %j, %s', (_, days, valid) => {
    expect(holidaySchema.safeParse({ name: 'Holiday', ...days }).success).toBe(valid);
  });

  it('refuses a schedule with two exceptions for one date', () => {
    const { schedules } = contracts.ruleSetSchema.parse(goldenMessage('ruleSet'));
    const [exception] = schedules[0]!.exceptions;
    const twice = { ...schedules[0]!, exceptions: [exception, exception] };
    expect(contracts.scheduleSchema.safeParse(schedules[0]).success).toBe(true);
    expect(contracts.scheduleSchema.safeParse(twice).success).toBe(false);
  });

  it.each([
    ['operator', 'unlocked', null, false],
    ['operator', 'unlocked', '2026-10-01T12:00:00Z', true],
    ['operator', 'normal', null, true],
    ['emergency', 'unlocked', null, true],
  ])('takes an override of %s to %s until %s: %s', (priority, state, until, valid) => {
    const doorId = '0198c2f0-7a3b-7c11-8a44-000000000003';
    expect(doorOverrideSchema.safeParse({ doorId, priority, state, until }).success).toBe(valid);
  });

  it.each([
    ['Asia/Seoul', true, true],
    ['America/Argentina/Buenos_Aires', true, true],
    ['Etc/GMT+9', true, true],
    ['Mars/Olympus', true, false],
    ['+09:00', false, false],
    ['', false, false],
  ])('takes the time zone %s from the wire: %s, from people: %s', (name, wire, people) => {
    expect(contracts.timeZoneSchema.safeParse(name).success).toBe(wire);
    expect(contracts.knownTimeZoneSchema.safeParse(name).success).toBe(people);
  });
});
