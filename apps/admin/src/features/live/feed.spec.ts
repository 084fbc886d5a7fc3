import { type AccessEvent, accessEventSchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import fc from 'fast-check';
import { mergeFeed } from './feed';

const golden = accessEventSchema.parse(goldenMessage('accessEvent'));

function event(number: number, seconds = number): AccessEvent {
  return accessEventSchema.parse({
    ...golden,
    id: `0198c2f0-7a3b-7c11-8a44-${String(number).padStart(12, '0')}`,
    occurredAt: new Date(Date.UTC(2026, 9, 1) + seconds * 1000).toISOString(),
  });
}
const numbers = (events: readonly AccessEvent[]) => events.map(({ id }) => Number(id.slice(-12)));

describe('mergeFeed', () => {
  it('puts the newest first', () => {
    expect(numbers(mergeFeed([event(3), event(1)], [event(2)]))).toEqual([3, 2, 1]);
  });

  it('sorts in an event that a door sent late', () => {
    expect(numbers(mergeFeed([event(9), event(8)], [event(1, 8.5)]))).toEqual([9, 1, 8]);
  });

  it('holds each event once, and the later account of it', () => {
    const renamed = { ...event(1), person: { ...golden.person!, name: 'Kim Minji' } };
    const merged = mergeFeed([event(1)], [renamed, event(2), event(2)]);
    expect(numbers(merged)).toEqual([2, 1]);
    expect(merged[1]?.person?.name).toBe('Kim Minji');
  });

  it('forgets the oldest', () => {
    expect(numbers(mergeFeed([event(3), event(2), event(1)], [event(4)], 3))).toEqual([4, 3, 2]);
  });

  it('comes to the same in whatever order and however often events arrive', () => {
    const arrivals = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 80 });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 0, max: 80 }), (order, cut) => {
        // Pairs share a time, so that the tie is broken too.
        const events = order.map((number) => event(number, Math.floor(number / 2)));
        const oneByOne = events.reduce<AccessEvent[]>((feed, next) => mergeFeed(feed, [next]), []);
        const atOnce = mergeFeed(events.slice(cut), events.slice(0, cut));
        expect(numbers(oneByOne)).toEqual(numbers(atOnce));
        expect(numbers(atOnce)).toEqual([...new Set(order)].sort((a, b) => b - a));
      }),
      { numRuns: 50 },
    );
  });
});
