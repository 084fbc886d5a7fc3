import { paintedFrame } from '../testing/frames';
import { decodeImage } from './decode-image';
import { encodeJpeg } from './encode-jpeg';

/** 40 x 20, red left of x = 20, blue from there on. */
const frame = paintedFrame(40, 20, (x) => (x < 20 ? [255, 0, 0] : [0, 0, 255]));

describe('encodeJpeg', () => {
  it('gives a JPEG of the whole frame', async () => {
    const jpeg = await encodeJpeg(frame, { quality: 95 });

    expect([...jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    const back = await decodeImage(jpeg);
    expect([back.width, back.height]).toEqual([40, 20]);
    expect(back.data[0]).toBeGreaterThan(230);
  });

  it('cuts a crop at the frame’s edges', async () => {
    const back = await decodeImage(
      await encodeJpeg(frame, { crop: { x: 30, y: -5, width: 50, height: 10 } }),
    );

    expect([back.width, back.height]).toEqual([10, 5]);
    expect(back.data[2]).toBeGreaterThan(200);
  });

  it('scales down and never up', async () => {
    expect(await decodeImage(await encodeJpeg(frame, { widthMax: 20 }))).toMatchObject({
      width: 20,
      height: 10,
    });
    expect(await decodeImage(await encodeJpeg(frame, { widthMax: 900 }))).toMatchObject({
      width: 40,
      height: 20,
    });
  });

  it('refuses a crop outside the frame and a frame whose data do not fit', async () => {
    await expect(encodeJpeg(frame, { crop: { x: 50, y: 0, width: 9, height: 9 } })).rejects.toMatchObject({
      code: 'image/empty-crop',
    });
    await expect(encodeJpeg({ ...frame, width: 41 })).rejects.toMatchObject({ code: 'frame/invalid' });
  });
});
