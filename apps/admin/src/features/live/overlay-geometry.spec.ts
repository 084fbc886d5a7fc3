import { fitContain, placeBox, portraitSquare } from './overlay-geometry';

const FRAME = { width: 400, height: 300 };
const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

describe('fitContain', () => {
  it('centres a frame that is narrower than the element', () => {
    expect(fitContain(FRAME, { width: 1000, height: 600 })).toEqual({ scale: 2, left: 100, top: 0 });
  });

  it('centres a frame that is wider than the element', () => {
    expect(fitContain(FRAME, { width: 200, height: 600 })).toEqual({ scale: 0.5, left: 0, top: 225 });
  });

  it('is nothing without an area', () => {
    expect(fitContain(FRAME, { width: 0, height: 600 })).toBeNull();
    expect(fitContain({ width: 0, height: 0 }, FRAME)).toBeNull();
  });
});

describe('placeBox', () => {
  const element = { width: 1000, height: 600 };

  it('scales a face with its picture', () => {
    expect(placeBox(box(100, 50, 80, 100), FRAME, element)).toEqual({
      left: 300,
      top: 100,
      width: 160,
      height: 200,
      label: 'below',
      align: 'centre',
    });
  });

  it('cuts a face at the picture’s edge', () => {
    expect(placeBox(box(-40, -10, 80, 100), FRAME, element)).toMatchObject({
      left: 100,
      top: 0,
      width: 80,
      height: 180,
    });
    expect(placeBox(box(380, 280, 80, 100), FRAME, element)).toMatchObject({ width: 40, height: 40 });
  });

  it('leaves out a face that has left the picture', () => {
    expect(placeBox(box(400, 0, 50, 50), FRAME, element)).toBeNull();
    expect(placeBox(box(-50, 0, 50, 50), FRAME, element)).toBeNull();
  });

  it('puts the label where it can be read', () => {
    expect(placeBox(box(10, 200, 50, 100), FRAME, element)?.label).toBe('above');
    expect(placeBox(box(10, 0, 50, 300), FRAME, element)?.label).toBe('inside');
    const narrow = { width: 400, height: 300 };
    expect(placeBox(box(0, 0, 60, 60), FRAME, narrow)?.align).toBe('start');
    expect(placeBox(box(170, 0, 60, 60), FRAME, narrow)?.align).toBe('centre');
    expect(placeBox(box(340, 0, 60, 60), FRAME, narrow)?.align).toBe('end');
  });
});

describe('portraitSquare', () => {
  it('has the face in its middle, with room around', () => {
    expect(portraitSquare(box(150, 100, 80, 100), FRAME, FRAME, 0.25)).toEqual(box(115, 75, 150, 150));
  });

  it('is measured in the drawn picture when that is smaller than the frame', () => {
    const picture = { width: 200, height: 150 };
    expect(portraitSquare(box(150, 100, 80, 100), FRAME, picture, 0.25)).toEqual(box(57.5, 37.5, 75, 75));
  });

  it('stays inside the picture', () => {
    for (const face of [box(-30, -30, 90, 90), box(360, 260, 90, 90), box(0, 0, 400, 400)]) {
      const square = portraitSquare(face, FRAME, FRAME);
      expect(square.x).toBeGreaterThanOrEqual(0);
      expect(square.y).toBeGreaterThanOrEqual(0);
      expect(square.x + square.width).toBeLessThanOrEqual(FRAME.width);
      expect(square.y + square.height).toBeLessThanOrEqual(FRAME.height);
      expect(square.width).toBe(square.height);
    }
  });
});
