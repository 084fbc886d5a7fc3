import { durationMsOf, framesPerSecondOf } from './probe-video';

describe('framesPerSecondOf', () => {
  it.each([
    ['  Stream #0:0(und): Video: h264, yuv420p, 360x288, 133 kb/s, 24 fps, 24 tbr, 12288 tbn', 24],
    ['  Stream #0:0: Video: h264 (Main), yuvj420p, 1280x720, 4609 kb/s, 15.06 fps, 14.99 tbr', 15.06],
    ['  Stream #0:0: Video: mjpeg, yuvj420p, 640x480, 25 tbr, 25 tbn', 25],
    ['  Stream #0:0: Video: png, rgb24, 640x480', null],
  ])('of %s', (line, expected) => {
    expect(framesPerSecondOf(line)).toBe(expected);
  });
});

describe('durationMsOf', () => {
  it.each([
    ['  Duration: 00:00:04.91, start: 0.000000, bitrate: 4609 kb/s', 4910],
    ['  Duration: 01:02:03.50, start: 1.4, bitrate: 1 kb/s', 3_723_500],
    ['  Duration: N/A, start: 0.000000, bitrate: N/A', null],
  ])('of %s', (said, expected) => {
    expect(durationMsOf(said)).toBe(expected);
  });
});
