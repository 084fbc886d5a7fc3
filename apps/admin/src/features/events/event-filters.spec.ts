import { type AccessEvent, accessEventSchema, eventsQuerySchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { changeSearch } from '@/lib/hooks/use-url-state';
import {
  type EventFilters,
  PERIODS,
  filtersOfUrl,
  instantOfLocalInput,
  isAskedFor,
  isFiltered,
  localInputOf,
  queryOfFilters,
  urlOfFilters,
} from './event-filters';

const event = accessEventSchema.parse(goldenMessage('accessEvent'));
const NOON = new Date(2026, 9, 31, 12, 0, 0);

const read = (search: string) => filtersOfUrl(new URLSearchParams(search));
const write = (filters: EventFilters, before = '') =>
  changeSearch(new URLSearchParams(before), urlOfFilters(filters));

describe('filters in the address', () => {
  it.each<EventFilters>([
    { period: 'any' },
    ...PERIODS.map((period) => ({ period })),
    { period: 'custom', from: '2026-10-01T00:00:00.000Z' },
    { period: 'custom', until: '2026-10-01T00:00:00.000Z', outcome: 'denied' },
    { period: 'week', doorId: event.door.id, personId: event.person!.id, outcome: 'granted' },
  ])('come back as they were written: %j', (filters) => {
    expect(read(write(filters))).toEqual(filters);
  });

  it('leave no trace once cleared, and touch nothing else', () => {
    const filters = read(`?outcome=denied&period=today&doorId=${event.door.id}`);
    expect(isFiltered(filters)).toBe(true);
    expect(write({ period: 'any' }, `${write(filters)}&other=1`)).toBe('?other=1');
  });

  it('ignore what means nothing', () => {
    const filters = read('?outcome=perhaps&doorId=1&personId=%00&period=aeon&from=yesterday');
    expect(filters).toEqual({ period: 'any' });
    expect(isFiltered(filters)).toBe(false);
  });
});

describe('queryOfFilters', () => {
  it.each([
    ['any', undefined],
    ['hour', new Date(2026, 9, 31, 11, 0, 0)],
    ['today', new Date(2026, 9, 31)],
    ['week', new Date(2026, 9, 25)],
    ['month', new Date(2026, 9, 2)],
  ] as const)('begins %s at %s', (period, from) => {
    expect(queryOfFilters({ period }, NOON)).toMatchObject({ from: from?.toISOString() });
  });

  it('asks only for what the wire allows', () => {
    for (const period of PERIODS) {
      const query = queryOfFilters({ period, outcome: 'denied', doorId: event.door.id }, NOON);
      expect(eventsQuerySchema.safeParse(query).error).toBeUndefined();
    }
  });
});

describe('isAskedFor', () => {
  const at = event.occurredAt;
  const other = '0198c2f0-7a3b-7c11-8a44-00000000ffff' as never;
  const stranger: AccessEvent = { ...event, outcome: 'denied', person: null };

  it.each([
    [{}, event, true],
    [{ doorId: event.door.id, personId: event.person!.id, outcome: 'granted' }, event, true],
    [{ doorId: other }, event, false],
    [{ personId: other }, event, false],
    [{ personId: event.person!.id }, stranger, false],
    [{ outcome: 'denied' }, event, false],
    [{ outcome: 'denied' }, stranger, true],
    [{ from: at }, event, true],
    [{ until: at }, event, false],
    [{ from: new Date(Date.parse(at) + 1).toISOString() }, event, false],
  ] as const)('by %j', (query, candidate, expected) => expect(isAskedFor(query, candidate)).toBe(expected));
});

describe('local date inputs', () => {
  it('come back as they were', () => {
    const instant = instantOfLocalInput('2026-10-03T09:05');
    expect(localInputOf(instant)).toBe('2026-10-03T09:05');
  });

  it('are nothing when empty or no date', () => {
    expect(instantOfLocalInput('')).toBeUndefined();
    expect(instantOfLocalInput('soon')).toBeUndefined();
    expect(localInputOf(undefined)).toBe('');
  });
});
