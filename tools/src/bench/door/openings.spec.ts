import { fromInRange } from './openings';

describe('the time from in range to the relay', () => {
  it('is the agent’s own where it saw the face in its first frame', () => {
    expect(fromInRange({ openingMs: 200, firstFrame: 13 })).toBe(200);
    expect(fromInRange({ openingMs: 200, firstFrame: 30 * 4 + 13 })).toBe(200);
  });

  it('counts the frames in which the face was not seen yet', () => {
    expect(fromInRange({ openingMs: 200, firstFrame: 16 })).toBeCloseTo(400);
  });
});
