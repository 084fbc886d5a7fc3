import type { Decision } from './decide';
import { TurnedAway } from './turned-away';

const denied = (reason: Decision['reason']): Decision => ({
  ...{
    outcome: 'denied',
    reason,
    personId: 'kim',
    similarity: 0.8,
    runnerUpSimilarity: null,
    liveness: null,
  },
});
const HERE = new Set(['a']);

describe('TurnedAway', () => {
  it('has those in view decided about anew after a pause, once for each denial', () => {
    const book = new TurnedAway();
    book.note('a', denied('outside-schedule'), 0);
    expect(book.due(HERE, 1_999)).toEqual([]);
    expect(book.due(new Set(), 2_000)).toEqual([]);
    expect(book.due(HERE, 2_001)).toEqual(['a']);
    expect(book.due(HERE, 9_000)).toEqual([]);
    book.note('a', denied('outside-schedule'), 9_000);
    expect(book.due(HERE, 11_000)).toEqual(['a']);
  });

  it('gives a picture fewer tries, also when the rules change', () => {
    const book = new TurnedAway();
    book.note('a', denied('not-live'), 0);
    expect(book.byRules()).toEqual([]);
    expect(book.due(HERE, 4_999)).toEqual([]);
    expect(book.due(HERE, 5_000)).toEqual(['a']);
  });

  it('names who was turned away until they are let in, or have long gone', () => {
    const book = new TurnedAway();
    book.note('a', denied('outside-schedule'), 0);
    expect(book.personOf('a')).toBe('kim');
    book.note('a', { ...denied('matched'), outcome: 'granted' }, 10);
    expect(book.personOf('a')).toBeNull();
    book.note('a', denied('outside-schedule'), 20);
    book.due(new Set(), 10_021);
    expect(book.personOf('a')).toBeNull();
  });
});
