import {
  type AuditFilters,
  changesOf,
  filtersOfUrl,
  isFiltered,
  queryOfFilters,
  urlOfFilters,
} from './audit-filters';

const ID = '01890000-0000-7000-8000-000000000001';
const NOW = new Date(2026, 10, 25, 12, 30);

describe('the filters of the account', () => {
  const filters: AuditFilters = {
    action: 'door/',
    actorKind: 'token',
    actorId: ID,
    text: 'lab',
    period: 'today',
  };

  it('are the same after a detour through the address', () => {
    const change = urlOfFilters(filters);
    const address = new URLSearchParams(
      Object.entries(change).filter((pair): pair is [string, string] => pair[1] !== undefined),
    );
    expect(filtersOfUrl(address)).toEqual(filters);
    expect(change).toMatchObject({ subjectId: undefined, from: undefined });
  });

  it('take nothing from an address that means nothing', () => {
    const read = filtersOfUrl(
      new URLSearchParams('action=door&actorKind=ghost&actorId=7&from=then&period=never'),
    );
    expect(isFiltered(read)).toBe(false);
  });

  it('ask the server for a period with an end of its own', () => {
    const midnight = new Date(2026, 10, 25).toISOString();
    expect(queryOfFilters(filters, NOW)).toMatchObject({ action: 'door/', from: midnight, until: undefined });
    const span = {
      period: 'custom',
      from: '2026-01-01T00:00:00.000Z',
      until: '2026-02-01T00:00:00.000Z',
    } as const;
    expect(queryOfFilters(span, NOW)).toMatchObject({ from: span.from, until: span.until });
  });
});

describe('changesOf', () => {
  it('names what is new, other or gone, and nothing that stayed', () => {
    const before = { name: 'A', tags: ['x'], gone: 1 };
    expect(changesOf({ before, after: { name: 'B', tags: ['x'], added: null } })).toEqual([
      { field: 'name', before: 'A', after: 'B' },
      { field: 'gone', before: 1, after: undefined },
      { field: 'added', before: undefined, after: null },
    ]);
    expect(changesOf({ before: null, after: null })).toEqual([]);
  });
});
