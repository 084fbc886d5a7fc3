import { type PreviewFace, liveFrameSchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { TRACK_KNOWN_MS, TrackMemory } from './track-memory';

const frame = liveFrameSchema.parse(goldenMessage('liveFrame'));
const seen = frame.faces[0]!;

function face(change: Partial<PreviewFace> = {}): PreviewFace {
  return { ...seen, status: 'unknown', person: null, ...change };
}
const sized = (side: number) => ({ box: { x: 0, y: 0, width: side, height: side } });

describe('TrackMemory', () => {
  it('lets an unknown face be registered while its door may remember it', () => {
    const memory = new TrackMemory();
    expect(memory.isRegistrable(seen.trackId, 0)).toBe(false);
    memory.see(frame.doorId, face(), 1000, () => null);
    expect(memory.isRegistrable(seen.trackId, 1000 + TRACK_KNOWN_MS)).toBe(true);
    expect(memory.isRegistrable(seen.trackId, 1001 + TRACK_KNOWN_MS)).toBe(false);
  });

  it.each(['granted', 'denied', 'ambiguous', 'deciding'] as const)(
    'does not offer a face that is %s',
    (status) => {
      const memory = new TrackMemory();
      memory.see(frame.doorId, face({ status }), 0, () => null);
      expect(memory.isRegistrable(seen.trackId, 0)).toBe(false);
    },
  );

  it('does not offer again what was just registered', () => {
    const memory = new TrackMemory();
    let changes = 0;
    memory.subscribe(() => changes++);
    memory.see(frame.doorId, face(), 0, () => null);
    memory.registered(seen.trackId);
    expect(memory.isRegistrable(seen.trackId, 0)).toBe(false);
    expect(changes).toBe(2);
  });

  it('keeps the picture of the largest view, cut out once a second at most', () => {
    const memory = new TrackMemory();
    const cut = jest.fn((): string => `picture ${cut.mock.calls.length}`);
    const look = (side: number, atMs: number) => {
      memory.see(frame.doorId, face(sized(side)), atMs, cut);
      return memory.get(seen.trackId)?.picture;
    };
    expect(look(50, 0)).toBe('picture 1');
    expect(look(90, 500)).toBe('picture 1');
    expect(look(40, 2000)).toBe('picture 1');
    expect(look(60, 3000)).toBe('picture 2');
    expect(cut).toHaveBeenCalledTimes(2);
  });

  it('cuts out no picture of somebody it has a portrait of', () => {
    const cut = jest.fn(() => 'picture');
    new TrackMemory().see(frame.doorId, face({ status: 'granted' }), 0, cut);
    expect(cut).not.toHaveBeenCalled();
  });

  it('forgets the faces that were seen longest ago', () => {
    const memory = new TrackMemory();
    const id = (number: number) =>
      `0198c2f0-7a3b-7c11-8a44-${String(number).padStart(12, '0')}` as typeof seen.trackId;
    for (let number = 0; number < 200; number++) {
      memory.see(frame.doorId, face({ trackId: id(number) }), number, () => null);
      memory.see(frame.doorId, face({ trackId: id(0) }), number, () => null);
    }
    expect(memory.get(id(0))).toBeDefined();
    expect(memory.get(id(199))).toBeDefined();
    expect(memory.get(id(1))).toBeUndefined();
  });
});
