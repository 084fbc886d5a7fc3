import type { RelativePeriod } from '@munjigi/contracts';
import { WallClock } from '../../platform/time/wall-clock';
import { windowOf } from './report-period';
import { scopeOf } from './report-scope';

/** A Sunday in Seoul, still Saturday in UTC. */
const NOW = new Date('2026-02-28T20:00:00Z');

const told = ({ from, until }: { from: Date; until: Date }) => [from.toISOString(), until.toISOString()];

describe('a period', () => {
  it.each<[RelativePeriod, string, string]>([
    ['today', '2026-03-01', '2026-03-02'],
    ['yesterday', '2026-02-28', '2026-03-01'],
    ['last-7-days', '2026-02-23', '2026-03-02'],
    ['last-30-days', '2026-01-31', '2026-03-02'],
    ['this-week', '2026-02-23', '2026-03-02'],
    ['last-week', '2026-02-16', '2026-02-23'],
    ['this-month', '2026-03-01', '2026-04-01'],
    ['last-month', '2026-02-01', '2026-03-01'],
    ['this-year', '2026-01-01', '2027-01-01'],
  ])('%s is from %s to before %s in Seoul', (of, from, until) => {
    const window = windowOf({ kind: 'relative', of }, new WallClock('Asia/Seoul'), NOW);
    expect(told(window)).toEqual([from, until].map((day) => new Date(`${day}T00:00+09:00`).toISOString()));
  });

  it('of days has all of the last one, and is as long as the clock makes it', () => {
    const days = { kind: 'days', from: '2026-03-08', until: '2026-03-08' } as const;
    const { from, until } = windowOf(days, new WallClock('America/New_York'), NOW);
    expect(until.getTime() - from.getTime()).toBe(23 * 3_600_000);
  });
});

describe('a scope', () => {
  const site = (id: string, timeZone: string) => ({ id, name: id, timeZone });
  const today = { kind: 'relative', of: 'today' } as const;

  it('has each site’s own day, and the outermost of them', () => {
    const sites = [site('a', 'Asia/Seoul'), site('b', 'America/New_York')];
    const scope = scopeOf(sites, { everywhere: true, period: today, now: NOW });
    expect(scope.sites.map(told)).toEqual([
      ['2026-02-28T15:00:00.000Z', '2026-03-01T15:00:00.000Z'],
      ['2026-02-28T05:00:00.000Z', '2026-03-01T05:00:00.000Z'],
    ]);
    expect(told(scope)).toEqual(['2026-02-28T00:00:00.000Z', '2026-03-01T15:00:00.000Z']);
    expect(scope.timeZone).toBe('UTC');
  });

  it('of one time zone tells by it what belongs to no site', () => {
    expect(scopeOf([site('a', 'Asia/Seoul')], { everywhere: true, now: NOW }).timeZone).toBe('Asia/Seoul');
    expect(scopeOf([], { everywhere: true, now: NOW })).toMatchObject({ sites: [], from: new Date(0) });
  });
});
