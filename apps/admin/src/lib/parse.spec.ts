import { idOf, instantOf, oneOf } from './parse';

const ID = '0199a1b2-0000-7000-8000-000000000001';

describe('reading an address', () => {
  it.each([[ID], [undefined], [null], [''], ['x'], [`${ID}0`], [`${ID.slice(0, -1)}g`]])(
    'takes %p for an id only when it is one',
    (text) => expect(idOf(text)).toBe(text === ID ? ID : undefined),
  );

  it.each([
    ['2026-03-01T09:00:00.000Z', true],
    ['2026-03-01T09:00+09:00', true],
    ['2026-03-01T25:00:00Z', false],
    ['2026-03-01T09:00:00', false],
    ['2026-03-01', false],
    ['yesterday', false],
    [undefined, false],
  ])('takes %p for an instant: %p', (text, is) => expect(instantOf(text)).toBe(is ? text : undefined));

  it('takes a word for one of some only when it is', () => {
    expect(oneOf(['granted', 'denied'], 'denied')).toBe('denied');
    expect(oneOf(['granted', 'denied'], 'Denied')).toBeUndefined();
    expect(oneOf(['granted'], null)).toBeUndefined();
  });
});
