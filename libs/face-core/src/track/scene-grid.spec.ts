import type { Frame } from '../image/frame';
import { noiseBytes, paintedFrame, plainFrame } from '../testing/frames';
import { isCut, movedOutside, sceneGrid, stirredBeside } from './scene-grid';

const SIZE = { width: 640, height: 360 };

/** A room: a wall with a lit side, a door and a floor; `offset` makes all of it brighter. */
function room(offset = 0): Frame {
  return paintedFrame(SIZE.width, SIZE.height, (x, y) => {
    const level = (y > 280 ? 60 : 100) + x / 10 + (x > 400 && x < 480 ? -50 : 0) + offset;
    return [level, level, level];
  });
}

function withBlock(
  frame: Frame,
  at: { x: number; y: number; width: number; height: number },
  level: number,
): Frame {
  const data = frame.data.slice();
  for (let y = at.y; y < at.y + at.height; y += 1) {
    data.fill(level, (y * frame.width + at.x) * 3, (y * frame.width + at.x + at.width) * 3);
  }
  return { ...frame, data };
}

describe('isCut', () => {
  it('sees another room', () => {
    const other = paintedFrame(SIZE.width, SIZE.height, (x, y) => [200 - x / 5, 30 + y / 3, (x % 100) * 2]);

    expect(isCut(sceneGrid(room()), sceneGrid(other))).toBe(true);
  });

  it('sees a picture that goes black, and one that comes back', () => {
    expect(isCut(sceneGrid(room()), sceneGrid(plainFrame(SIZE.width, SIZE.height, 0)))).toBe(true);
    expect(isCut(sceneGrid(plainFrame(SIZE.width, SIZE.height, 0)), sceneGrid(room()))).toBe(true);
  });

  it.each([
    ['the same frame', room()],
    ['a room that grows brighter', room(40)],
    ['someone who steps in', withBlock(room(), { x: 200, y: 60, width: 180, height: 300 }, 220)],
  ])('does not take %s for one', (_, next) => {
    expect(isCut(sceneGrid(room()), sceneGrid(next))).toBe(false);
  });
});

describe('movedOutside', () => {
  const nobody = { faces: [], ...SIZE };
  const followed = { faces: [{ x: 220, y: 100, width: 60, height: 80 }], ...SIZE };

  it.each([
    ['a small newcomer', withBlock(room(), { x: 500, y: 100, width: 40, height: 60 }, 230), nobody, true],
    [
      'a newcomer beside a followed face',
      withBlock(room(), { x: 500, y: 100, width: 40, height: 60 }, 230),
      followed,
      true,
    ],
    ['a followed head', withBlock(room(), { x: 210, y: 80, width: 80, height: 100 }, 230), followed, false],
    [
      'the body of a followed head',
      withBlock(room(), { x: 150, y: 220, width: 180, height: 140 }, 230),
      followed,
      false,
    ],
    ['one cell', withBlock(room(), { x: 500, y: 100, width: 10, height: 10 }, 230), nobody, false],
    ['the light', room(40), nobody, false],
    ['nothing', room(), nobody, false],
  ])('answers for %s', (_, next, where, wanted) => {
    expect(movedOutside(sceneGrid(room()), sceneGrid(next), where)).toBe(wanted);
  });

  it('does not take sensor noise for motion', () => {
    const noise = noiseBytes(SIZE.width * SIZE.height * 3);
    const noisy = {
      ...SIZE,
      data: room().data.map((value, index) => value + ((noise[index] as number) % 17) - 8),
    };

    expect(movedOutside(sceneGrid(room()), sceneGrid(noisy), nobody)).toBe(false);
  });
});

describe('stirredBeside', () => {
  const followed = { faces: [{ x: 220, y: 100, width: 60, height: 80 }], ...SIZE };

  it.each([
    ['one cell', { x: 500, y: 100, width: 10, height: 10 }, true],
    ['a head over the shoulder of a followed one', { x: 310, y: 110, width: 40, height: 50 }, true],
    ['a head above a followed one', { x: 230, y: 20, width: 40, height: 40 }, true],
    ['a followed head', { x: 210, y: 80, width: 80, height: 110 }, false],
    ['the trunk of a followed head', { x: 180, y: 220, width: 140, height: 140 }, false],
  ])('answers for %s', (_, block, wanted) => {
    expect(stirredBeside(sceneGrid(room()), sceneGrid(withBlock(room(), block, 230)), followed)).toBe(wanted);
  });

  it('takes neither the light nor sensor noise for anything that stirs', () => {
    const noise = noiseBytes(SIZE.width * SIZE.height * 3);
    const brighter = room(40);
    const data = brighter.data.map((value, index) => value + ((noise[index] as number) % 17) - 8);

    expect(stirredBeside(sceneGrid(room()), sceneGrid({ ...SIZE, data }), followed)).toBe(false);
  });
});

describe('sceneGrid', () => {
  it.each([
    [1, 1],
    [5000, 1],
    [63, 35],
  ])('measures a frame of %i x %i', (width, height) => {
    expect(new Set(sceneGrid(plainFrame(width, height, 90)))).toEqual(new Set([90]));
  });
});
