import { durationMsOf, framesPerSecondOf, videoFactsOf } from './probe-video';

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

describe('videoFactsOf', () => {
  const stream = '  Stream #0:0[0x1](und): Video: ';
  it.each([
    [
      'h264 (High) (avc1 / 0x31637661), yuv420p(tv, bt709), 1280x720 [SAR 1:1 DAR 16:9], 25 fps',
      'h264',
      true,
    ],
    ['h264 (Main), yuvj420p(pc), 1280x720, 15.06 fps', 'h264', true],
    ['hevc (Main 10) (hev1 / 0x31766568), yuv420p10le(tv), 1280x720 [SAR 1:1 DAR 16:9]', 'hevc', false],
    ['h264 (High), yuv444p, 1280x720 [SAR 1:1 DAR 16:9]', 'h264', false],
    ['h264 (High), yuv420p, 1280x720 [SAR 2:1 DAR 32:9]', 'h264', false],
    [
      'h264 (High), yuv420p, 1280x720\n    Side data:\n      displaymatrix: rotation of -90.00 degrees',
      'h264',
      false,
    ],
    ['h264 (High), yuv420p, 1280x720\n    Metadata:\n      rotate          : 90', 'h264', false],
  ])('of %s', (line, codec, isPlain) => {
    expect(videoFactsOf(stream + line)?.picture).toEqual({ codec, width: 1280, height: 720, isPlain });
  });

  it('of sound alone is nothing', () => {
    expect(videoFactsOf('  Stream #0:0: Audio: aac, 44100 Hz')).toBeNull();
  });
});
