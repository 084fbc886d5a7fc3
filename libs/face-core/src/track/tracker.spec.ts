import fc from 'fast-check';

import type { DetectedFace } from '../detect/face';
import { Tracker } from './tracker';

const FRAME = { width: 640, height: 360 };
const FRAME_MS = 40;

/** A face of 100 x 120 about (x, y), or of another size. */
function face(x: number, y: number, size = 100): DetectedFace {
  const height = size * 1.2;
  return { box: { x: x - size / 2, y: y - height / 2, width: size, height }, score: 0.99, landmarks: [] };
}

/** Shows frames one after the other and gives the ids of what is seen in each. */
function watch(tracker: Tracker, frames: DetectedFace[][]): string[][] {
  return frames.map((faces, index) =>
    tracker
      .update(faces, index * FRAME_MS, FRAME)
      .filter((track) => track.visible)
      .map((track) => track.id),
  );
}

describe('Tracker', () => {
  it('keeps the id of a face that stays, jitters, walks and comes nearer', () => {
    const frames = Array.from({ length: 50 }, (_, index) => [
      face(100 + 6 * index + (index % 3) * 4, 150 + (index % 2) * 5, 80 * 1.015 ** index),
    ]);

    const ids = watch(new Tracker(), frames).flat();

    expect(ids).toHaveLength(50);
    expect(new Set(ids).size).toBe(1);
  });

  it('gives every track an id that is a UUID of its own', () => {
    const [ids = []] = watch(new Tracker(), [[face(100, 100), face(400, 100)]]);

    expect(new Set(ids).size).toBe(2);
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('tells two faces apart while they walk side by side, whatever order they are found in', () => {
    const frames = Array.from({ length: 20 }, (_, index) => {
      const pair = [face(100 + 5 * index, 150), face(240 + 5 * index, 150)];
      return index % 2 ? pair.reverse() : pair;
    });
    const tracker = new Tracker();

    const seen = frames.map((faces, index) => tracker.update(faces, index * FRAME_MS, FRAME));

    const left = seen.map((tracks) => tracks.reduce((a, b) => (a.face.box.x < b.face.box.x ? a : b)).id);
    const right = seen.map((tracks) => tracks.reduce((a, b) => (a.face.box.x > b.face.box.x ? a : b)).id);
    expect(new Set(left).size).toBe(1);
    expect(new Set(right).size).toBe(1);
  });

  it.each([
    ['a jump by more than its own size', face(300, 150)],
    ['a sudden change of size', face(100, 150, 190)],
    ['a face elsewhere after a cut', face(520, 200, 160)],
  ])('starts a new track at %s', (_, next) => {
    const [before = [], after = []] = watch(new Tracker(), [[face(100, 150)], [next]]);

    expect(after).toHaveLength(1);
    expect(after[0]).not.toBe(before[0]);
  });

  it('keeps a track through a short gap and ends it after lostMs, for good', () => {
    const tracker = new Tracker({ lostMs: 500 });
    const [first] = tracker.update([face(100, 150)], 0, FRAME);

    const [coasting] = tracker.update([], 300, FRAME);
    expect(coasting).toMatchObject({ id: first?.id, visible: false });
    const [back] = tracker.update([face(104, 150)], 400, FRAME);
    expect(back).toMatchObject({
      id: first?.id,
      visible: true,
      observations: 2,
      startedAtMs: 0,
      seenAtMs: 400,
    });

    expect(tracker.update([], 901, FRAME)).toEqual([]);
    expect(tracker.ended).toMatchObject([{ id: first?.id, visible: false }]);
    const [again] = tracker.update([face(104, 150)], 940, FRAME);
    expect(again?.id).not.toBe(first?.id);
    expect(tracker.ended).toEqual([]);
  });

  it('does not hand a track that left to the next face in the doorway', () => {
    const tracker = new Tracker();
    const [first] = tracker.update([face(100, 150)], 0, FRAME);
    tracker.update([face(60, 150)], 40, FRAME);

    const [next] = tracker.update([face(180, 150)], 120, FRAME);

    expect(next?.id).not.toBe(first?.id);
  });

  it.each([
    ['another frame size', 40, { width: 1280, height: 720 }],
    ['a time that goes back', -1000, FRAME],
    ['the same time again', 0, FRAME],
  ])('ends every track at %s', (_, atMs, frame) => {
    const tracker = new Tracker();
    const [first] = tracker.update([face(100, 150)], 0, FRAME);

    const [next] = tracker.update([face(100, 150)], atMs, frame);

    expect(next?.id).not.toBe(first?.id);
    expect(tracker.ended.map(({ id }) => id)).toEqual([first?.id]);
  });

  it('ends every track when told of a cut', () => {
    const tracker = new Tracker();
    const [first] = tracker.update([face(100, 150)], 0, FRAME);

    tracker.clear();

    expect(tracker.ended.map(({ id }) => id)).toEqual([first?.id]);
    expect(tracker.update([face(100, 150)], 40, FRAME)[0]?.id).not.toBe(first?.id);
  });

  it('gives each face one track and no track two faces, whatever is found', () => {
    const faces = fc.array(
      fc
        .tuple(
          fc.integer({ min: 0, max: 640 }),
          fc.integer({ min: 0, max: 360 }),
          fc.integer({ min: 20, max: 300 }),
        )
        .map(([x, y, size]) => face(x, y, size)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(fc.array(faces, { maxLength: 12 }), (frames) => {
        const tracker = new Tracker();
        for (const [index, found] of frames.entries()) {
          const tracks = tracker.update(found, index * FRAME_MS, FRAME);
          const visible = tracks.filter((track) => track.visible);
          expect(visible.map((track) => track.face)).toEqual(found);
          expect(new Set(tracks.map((track) => track.id)).size).toBe(tracks.length);
          expect(tracker.ended.every(({ id }) => tracks.every((track) => track.id !== id))).toBe(true);
        }
      }),
    );
  });
});
