import { Tally } from './tally';

const line = (msg: string, more: object): string => `${JSON.stringify({ msg, ...more })}\n`;

describe('a tally', () => {
  it('reads what a door says of its events, in pieces and between other lines', () => {
    const tally = new Tally();
    const text =
      line('agent started', {}) +
      line('access decided', { id: 'b', sequence: 2 }) +
      'not JSON\n' +
      line('door event recorded', { id: 'a', sequence: 1 }) +
      line('relay moved', { id: 'x', sequence: 9 });
    for (const char of text) tally.read(char);
    expect(tally.told).toEqual([
      { sequence: 1, id: 'a' },
      { sequence: 2, id: 'b' },
    ]);
    expect([tally.lives, tally.contradictions]).toEqual([1, 0]);
  });

  it('tells of a number that two events have', () => {
    const tally = new Tally();
    tally.read(
      line('access decided', { id: 'a', sequence: 1 }) + line('access decided', { id: 'b', sequence: 1 }),
    );
    expect(tally.contradictions).toBe(1);
  });

  it('keeps apart what waits to be written, and forgets what a process did not say to the end', () => {
    const tally = new Tally();
    tally.read(line('access decided', { id: 'a', sequence: null }) + '{"msg":"access dec');
    tally.cut();
    tally.read(line('access decided', { id: 'b', sequence: 1 }));
    expect([tally.held, tally.told.length]).toEqual([['a'], 1]);
  });
});
