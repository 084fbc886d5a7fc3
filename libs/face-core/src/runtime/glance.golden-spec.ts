import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { defaultModelsDirectory } from '../config';
import type { Box } from '../detect/face';
import { FacePipeline } from '../face-pipeline';
import type { Frame } from '../image/frame';
import { distanceOfFaces } from '../testing/faces';
import { crowd } from '../testing/scene';
import { Glance } from './glance';

const SIZE = { width: 1280, height: 720 };

let pipeline: FacePipeline;
let glance: Glance;

beforeAll(async () => {
  pipeline = await FacePipeline.open({ threads: 2 });
  glance = new Glance(defaultModelsDirectory(), {});
  await glance.opened;
});

afterAll(() => Promise.all([pipeline.close(), glance.close()]));

/** Places near to where faces are, as a follower expects them, and one where none is. */
async function expectedIn(frame: Frame): Promise<Box[]> {
  const faces = await pipeline.detect(frame);
  const near = faces.map(({ box }, index) => ({
    ...box,
    x: box.x + 0.1 * box.width,
    y: box.y - 0.05 * index * box.height,
  }));
  return [...near, { x: 0, y: 0, width: 60, height: 60 }];
}

describe('Glance', () => {
  it('finds the faces that the inference thread finds, and none where it finds none', async () => {
    const frame = await crowd(SIZE, 3);
    const boxes = await expectedIn(frame);

    const here = await glance.refine(frame, boxes);
    const there = await pipeline.refine(frame, boxes);

    expect(here.map(Boolean)).toEqual([true, true, true, false]);
    expect(there.map(Boolean)).toEqual(here.map(Boolean));
    const found = (faces: typeof here) => faces.filter((face) => face !== undefined);
    expect(distanceOfFaces(found(here), found(there))).toBeLessThan(1e-3);
  });

  it('answers each of two who ask at the same time for the own frame', async () => {
    const frames = [await crowd(SIZE, 1), await crowd(SIZE, 2)] as const;
    const boxes = [await expectedIn(frames[0]), await expectedIn(frames[1])] as const;
    const alone = [await glance.refine(frames[0], boxes[0]), await glance.refine(frames[1], boxes[1])];

    const together = [glance.refine(frames[0], boxes[0]), glance.refine(frames[1], boxes[1])];

    expect(await Promise.all(together)).toEqual(alone);
  });

  it('goes on after a box that is refused', async () => {
    const frame = await crowd(SIZE, 1);
    const boxes = await expectedIn(frame);
    const before = await glance.refine(frame, boxes);

    await expect(glance.refine(frame, [{ x: 0, y: 0, width: 0, height: 1 }])).rejects.toMatchObject({
      code: 'box/invalid',
    });

    expect(await glance.refine(frame, boxes)).toEqual(before);
  });

  it('is for at most four boxes', () => {
    const box = { x: 0, y: 0, width: 60, height: 60 };

    expect(glance.isFor(Array.from({ length: 4 }, () => box))).toBe(true);
    expect(glance.isFor(Array.from({ length: 5 }, () => box))).toBe(false);
  });

  it('is for none once it is closed', async () => {
    const closed = new Glance(defaultModelsDirectory(), {});
    await closed.opened;
    expect(closed.isFor([])).toBe(true);

    await closed.close();

    expect(closed.isFor([])).toBe(false);
  });

  it('is for none where the networks are missing', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'munjigi-no-models-'));
    const without = new Glance(empty, {});

    await without.opened;

    expect(without.isFor([])).toBe(false);
    await without.close();
    await rm(empty, { recursive: true });
  });
});
