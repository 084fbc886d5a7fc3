import { Arrivals } from './arrivals';

describe('Arrivals', () => {
  it('tell of the first frame of a face, once, and anew when it comes again', () => {
    const arrivals = new Arrivals();
    const look = (frameNumber: number, ...trackIds: string[]): void =>
      arrivals.observe(new Set(trackIds), { atMs: frameNumber * 100, frameNumber });
    look(1, 'a');
    look(2, 'a', 'b');
    expect(arrivals.take('a')).toEqual({ atMs: 100, frameNumber: 1 });
    expect(arrivals.take('b')?.frameNumber).toBe(2);
    look(3, 'a', 'b');
    expect(arrivals.take('a')).toBeNull();
    look(4, 'b');
    look(5, 'a');
    expect(arrivals.take('a')?.frameNumber).toBe(5);
    expect(arrivals.take('nobody')).toBeNull();
  });
});
