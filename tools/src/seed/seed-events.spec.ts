import { Random } from './random';
import { EventRows, spread } from './seed-events';
import { agentTokenOf, makeOrganisation } from './seed-site';

const FROM_MS = Date.UTC(2026, 0, 1);
const UNTIL_MS = Date.UTC(2026, 2, 1);
const organisation = makeOrganisation({ sites: 3, doors: 20, people: 100 }, 7, FROM_MS);

function rowsOf(seed: number, events = 5_000): string[][] {
  const rows = new EventRows(organisation, seed);
  return spread(events, FROM_MS, UNTIL_MS).flatMap((slot) =>
    [...rows.of(slot)].map((row) => row.trimEnd().split('\t')),
  );
}

describe('seeded events', () => {
  it('are as many as asked for, and the same for the same seed', () => {
    const rows = rowsOf(7);
    expect(rows).toHaveLength(5_000);
    expect(rowsOf(7)).toEqual(rows);
    expect(rowsOf(8)).not.toEqual(rows);
  });

  it('come in the order of time, with ids that sort alike and are each used once', () => {
    const rows = rowsOf(7);
    const times = rows.map((row) => row[5]!);
    expect(times).toEqual([...times].sort());
    expect(times[0]! >= '2026-01-01' && times.at(-1)! < '2026-03-01').toBe(true);
    const ids = rows.map((row) => row[0]!);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(ids[0]!.replace('-', '').slice(0, 12), 16)).toBe(Date.parse(times[0]!));
  });

  it('number each door’s own without gaps', () => {
    const sequences = new Map<string, number[]>();
    for (const row of rowsOf(7)) sequences.set(row[1]!, [...(sequences.get(row[1]!) ?? []), Number(row[4])]);
    for (const list of sequences.values()) expect(list).toEqual(list.map((_, index) => index + 1));
  });

  it('are of people of the door’s site, in working hours mostly, and denied now and then', () => {
    const rows = rowsOf(7);
    const personIds = organisation.people.map(({ id }) => id);
    for (const row of rows.filter(([, , , , , , , , , , outcome]) => outcome === 'granted')) {
      const site = organisation.sites.findIndex(({ id }) => id === row[2]);
      expect(personIds.indexOf(row[12]!) % 3).toBe(site);
    }
    const denied = rows.filter((row) => row[10] === 'denied').length;
    expect(denied / rows.length).toBeGreaterThan(0.03);
    expect(denied / rows.length).toBeLessThan(0.09);
    const busy = rows.filter((row) => {
      const hour = (new Date(row[5]!).getUTCHours() + 9) % 24;
      return hour >= 7 && hour < 20;
    });
    expect(busy.length / rows.length).toBeGreaterThan(0.85);
  });
});

describe('random numbers', () => {
  it('follow from the seed, and fill their range', () => {
    const draws = Array.from(
      { length: 10_000 },
      (
        (random) => () =>
          random.unit()
      )(new Random(3)),
    );
    expect(draws).toEqual(
      Array.from(
        { length: 10_000 },
        (
          (random) => () =>
            random.unit()
        )(new Random(3)),
      ),
    );
    expect(Math.min(...draws)).toBeLessThan(0.01);
    expect(Math.max(...draws)).toBeGreaterThan(0.99);
    expect(draws.reduce((sum, draw) => sum + draw) / draws.length).toBeCloseTo(0.5, 1);
  });
});

describe('an agent’s token', () => {
  it('is its door’s alone', () => {
    expect(agentTokenOf(1, 2)).toBe(agentTokenOf(1, 2));
    expect(new Set([agentTokenOf(1, 2), agentTokenOf(1, 3), agentTokenOf(2, 2)]).size).toBe(3);
  });
});
