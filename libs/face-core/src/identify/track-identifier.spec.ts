import type { Candidate } from './identify';
import { TrackIdentifier } from './track-identifier';

const rule = { similarityMin: 0.6, marginMin: 0.05, framesToDecide: 2 };
const RIGHT = Float32Array.of(1, 0);
const UP = Float32Array.of(0, 1);

function identifier(candidates: readonly Candidate[] | null) {
  const probes: Float32Array[] = [];
  const tracks = new TrackIdentifier({
    search: (probe) => {
      probes.push(probe);
      return candidates;
    },
  });
  const take = (trackId: string, embedding = RIGHT, atMs = 0) =>
    tracks.take(trackId, embedding, { atMs, rule });
  return { tracks, take, probes };
}

const seen = (trackId: string, quality = 0.9) => ({ trackId, quality, note: `face of ${trackId}` });

describe('TrackIdentifier', () => {
  it('gives the best faces of a frame, as many as may be embedded, as they were given', () => {
    const { tracks } = identifier([]);
    const faces = [seen('a', 0.5), seen('b', 0.1), seen('c', 0.9), seen('d', 0.7)];

    expect(tracks.observe(faces, 0, 2)).toEqual([faces[2], faces[3]]);
    expect(tracks.observe(faces, 0)).toHaveLength(3);
  });

  it('searches once a try, for the mean of its frames, and names the person', () => {
    const { tracks, take, probes } = identifier([{ personId: 'kim', similarity: 0.8 }]);
    tracks.observe([seen('a')], 0);

    expect(take('a', RIGHT)).toBeNull();
    expect(take('a', UP)).toMatchObject({ reason: 'matched', personId: 'kim', similarity: 0.8 });
    expect(probes.map((probe) => [...probe])).toEqual([
      [expect.closeTo(Math.SQRT1_2, 6), expect.closeTo(Math.SQRT1_2, 6)],
    ]);
    expect(tracks.verdict('a')).toMatchObject({ personId: 'kim' });
    expect(tracks.observe([seen('a')], 60_000)).toEqual([]);
  });

  it('keeps the frames of two faces apart', () => {
    const { tracks, take, probes } = identifier([{ personId: 'kim', similarity: 0.8 }]);
    tracks.observe([seen('a'), seen('b')], 0);
    expect([take('a', RIGHT), take('b', UP)]).toEqual([null, null]);

    take('a', RIGHT);
    take('b', UP);
    expect(probes.map((probe) => [...probe])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('says nobody once, after several tries, and nothing of frames that cancel out', () => {
    const { tracks, take, probes } = identifier([{ personId: 'kim', similarity: 0.2 }]);
    tracks.observe([seen('a')], 0);
    const frames = Array.from({ length: 8 }, (_, frame) => take('a', RIGHT, frame));

    expect(frames.map((verdict) => verdict?.reason)).toEqual([
      ...[undefined, undefined, undefined, undefined, undefined],
      ...['unknown-person', undefined, undefined],
    ]);
    tracks.observe([seen('b')], 10);
    take('b', RIGHT, 10);
    expect(take('b', Float32Array.of(-1, 0), 11)).toBeNull();
    expect(probes).toHaveLength(4);
  });

  it('tries a face anew that was nobody’s when the gallery changes, and after a verdict was taken back', () => {
    const { tracks, take } = identifier(null);
    tracks.observe([seen('a')], 0);
    for (let frame = 0; frame < 6; frame += 1) take('a', RIGHT, frame);
    expect(tracks.verdict('a')).toMatchObject({ reason: 'gallery-unavailable', similarity: null });
    expect(tracks.observe([seen('a')], 500)).toEqual([]);

    tracks.reopen(() => true, 500);
    expect(tracks.observe([seen('a')], 500)).toHaveLength(1);
    tracks.revoke('a', 500);
    expect(tracks.verdict('a')).toBeNull();
    tracks.endScene();
    expect(take('a')).toBeNull();
  });
});
