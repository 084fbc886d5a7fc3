import { changeSearch } from '@/lib/hooks/use-url-state';
import { filtersOfUrl, isFiltered, queryOfFilters, urlOfFilters } from './alarm-filters';

const DOOR = '018f0000-0000-7000-8000-000000000001';

describe('alarm filters', () => {
  it('show what is open where the address names nothing', () => {
    const filters = filtersOfUrl(new URLSearchParams());
    expect(queryOfFilters(filters)).toEqual({ state: 'open' });
    expect(isFiltered(filters)).toBe(false);
    expect(changeSearch(new URLSearchParams(), urlOfFilters(filters))).toBe('');
  });

  it('come out of an address as they went into it', () => {
    const address = `view=all&kind=tamper&severity=critical&doorId=${DOOR}&alarm=${DOOR}`;
    const filters = filtersOfUrl(new URLSearchParams(address));
    expect(queryOfFilters(filters)).toEqual({
      state: undefined,
      kind: 'tamper',
      severity: 'critical',
      doorId: DOOR,
    });
    expect(changeSearch(new URLSearchParams(), urlOfFilters(filters))).toBe(`?${address}`);
  });

  it('pass over what means nothing', () => {
    const filters = filtersOfUrl(new URLSearchParams('view=x&kind=x&severity=x&doorId=x&alarm=x'));
    expect(filters).toEqual({ view: 'open' });
  });
});
