import fc from 'fast-check';

import { gatedPairs } from './assign';
import { FaceFollower } from './face-follower';
import type { FollowedRecognizer } from './followed-detector';
import {
  ScriptedDetector,
  scriptedFrame,
  type PersonFace,
  type ScriptedFace,
} from './testing/scripted-people';
import { expectedAt, observedEntry, startedEntry, type TrackEntry } from './track-entry';
import { TRACKER_DEFAULTS } from './tracker';

const recognizer: FollowedRecognizer<PersonFace> = {
  similarityMin: 0.6,
  embed: (_, { person }) =>
    Promise.resolve(Float32Array.from({ length: 8 }, (__, at) => (at === person ? 1 : 0))),
};

/** What one person does from one frame to the next; most of the time nothing much. */
const step = fc.record({
  dx: fc.integer({ min: -12, max: 12 }),
  dy: fc.integer({ min: -6, max: 6 }),
  size: fc.integer({ min: 44, max: 60 }),
  hidden: fc.boolean(),
  jump: fc.option(fc.integer({ min: 40, max: 280 }), { freq: 8 }),
  /** Changes places with the next person. */
  swaps: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
});
const stories = fc.array(fc.tuple(fc.tuple(step, step, step), fc.integer({ min: 10, max: 300 })), {
  minLength: 4,
  maxLength: 14,
});

type Story = typeof stories extends fc.Arbitrary<infer S> ? S : never;

/** Tells a story of three people: their faces in every frame, and when it was taken. */
function told(story: Story) {
  const people = [0, 1, 2].map((person) => ({ person, x: 60 + 100 * person, y: 90 }));
  let atMs = 0;
  return story.map(([steps, laterMs]) => {
    atMs += laterMs;
    const faces: ScriptedFace[] = [];
    for (const [index, { dx, dy, size, hidden, jump, swaps }] of steps.entries()) {
      const who = people[index] as (typeof people)[0];
      const next = people[(index + 1) % 3] as (typeof people)[0];
      if (swaps) [who.person, next.person] = [next.person, who.person];
      who.x = Math.min(300, Math.max(20, jump ?? who.x + dx));
      who.y = Math.min(160, Math.max(20, who.y + dy));
      if (!hidden) faces.push({ ...who, size });
    }
    return { atMs, faces };
  });
}

it.each([
  ['with a recognizer', { recognizer }],
  ['without one', {}],
])(
  'keeps a track to one person, within the gates, one face a frame, whatever happens, %s',
  async (_, options) => {
    await fc.assert(
      fc.asyncProperty(stories, async (story) => {
        const follower = new FaceFollower(new ScriptedDetector(), options);
        const known = new Map<string, TrackEntry<PersonFace>>();
        const gone = new Set<string>();
        for (const { atMs, faces } of told(story)) {
          const tracks = await follower.update(scriptedFrame(faces), atMs);

          expect(new Set(tracks.map(({ id }) => id)).size).toBe(tracks.length);
          const visible = tracks.filter((track) => track.visible);
          expect(new Set(visible.map(({ face }) => face)).size).toBe(visible.length);
          for (const { id, face } of visible) {
            const before = known.get(id);
            if (before) {
              expect(face.person).toBe(before.track.face.person);
              expect(atMs - before.track.seenAtMs).toBeLessThanOrEqual(TRACKER_DEFAULTS.lostMs);
              expect(gatedPairs([expectedAt(before, atMs)], [face.box], TRACKER_DEFAULTS)).toHaveLength(1);
            }
            known.set(id, before ? observedEntry(before, face, atMs) : startedEntry(face, atMs));
          }
          for (const { id } of follower.ended) gone.add(id);
          expect(tracks.filter(({ id }) => gone.has(id))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  },
);
