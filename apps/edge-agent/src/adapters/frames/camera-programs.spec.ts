import { csiPipeline, fitInto, nvidiaDecodePipeline } from './gstreamer-pipeline';
import { usbArguments } from './usb-input';

const csi = { kind: 'csi', sensor: 1, resolution: { width: 1280, height: 720 } } as const;
const size = { width: 640, height: 360 };

describe('csiPipeline', () => {
  it('takes a Jetson’s pictures with its camera service, scaled by its hardware', () => {
    expect(csiPipeline(csi, { element: 'nvarguscamerasrc', framesPerSecondMax: 15, size }).join(' ')).toBe(
      '-q nvarguscamerasrc sensor-id=1 ! video/x-raw(memory:NVMM),width=1280,height=720 ' +
        '! videorate drop-only=true max-rate=15 ! nvvidconv ! video/x-raw,format=BGRx,width=640,height=360 ' +
        '! videoconvert ! video/x-raw,format=RGB,width=640,height=360 ! fdsink fd=3 sync=false',
    );
  });

  it('takes those of another computer with libcamera', () => {
    expect(csiPipeline(csi, { element: 'libcamerasrc', framesPerSecondMax: 7.5, size }).join(' ')).toBe(
      '-q libcamerasrc ! video/x-raw,width=1280,height=720 ! videorate drop-only=true max-rate=8 ' +
        '! videoconvert ! videoscale ! video/x-raw,format=RGB,width=640,height=360 ! fdsink fd=3 sync=false',
    );
  });
});

describe('nvidiaDecodePipeline', () => {
  const options = { codec: 'hevc', framesPerSecondMax: 10, size } as const;

  it('decodes a network camera, as it comes', () => {
    const from = { url: 'rtsp://127.0.0.1:9/x', transport: 'udp' } as const;
    const pipeline = nvidiaDecodePipeline(from, options).join(' ');
    expect(pipeline).toMatch(
      /^-q rtspsrc location=rtsp:\/\/127.0.0.1:9\/x protocols=udp latency=100 ! rtph265depay ! h265parse ! nvv4l2decoder ! /,
    );
    expect(pipeline).toMatch(/fdsink fd=3 sync=false$/);
  });

  it('decodes a file, whose name may have spaces, at its own pace', () => {
    const pipeline = nvidiaDecodePipeline({ path: '/a b.mp4' }, { ...options, codec: 'h264' });
    expect(pipeline.slice(0, 5)).toEqual(['-q', 'filesrc', 'location=/a b.mp4', '!', 'parsebin']);
    expect(pipeline.at(-1)).toBe('sync=true');
  });
});

describe('fitInto', () => {
  it.each([
    ['within nothing', null, { width: 1280, height: 720 }],
    ['scaled down, keeping its shape', { width: 640, height: 640 }, { width: 640, height: 360 }],
    ['never up', { width: 1920, height: 1080 }, { width: 1280, height: 720 }],
    ['to whole colour samples and rows', { width: 332, height: 500 }, { width: 332, height: 186 }],
  ])('%s', (_, within, expected) => {
    expect(fitInto({ width: 1280, height: 720 }, within)).toEqual(expected);
  });
});

describe('usbArguments', () => {
  const usb = { kind: 'usb', device: '/dev/video0', resolution: { width: 1280, height: 720 } } as const;
  const formats = (sizes: string): string =>
    `[video4linux2 @ 0x1] Raw       :     yuyv422 :           YUYV 4:2:2 : 640x480 1280x720\n` +
    `[video4linux2 @ 0x1] Compressed:       mjpeg :          Motion-JPEG : ${sizes}\n`;
  const options = { framesPerSecondMax: 15, within: null, ffmpeg: { keepTimes: ['-vsync', '0'] } };

  it('takes pictures that the camera compressed, where it offers them in that size', () => {
    const args = usbArguments(usb, { ...options, offered: formats('640x480 1280x720') }).join(' ');
    expect(args).toContain(
      '-f v4l2 -input_format mjpeg -framerate 15 -video_size 1280x720 -i /dev/video0 -map 0:v:0',
    );
    expect(args).toMatch(/-vsync 0 .* image2pipe pipe:1$/);
  });

  it('takes what the driver chooses otherwise', () => {
    const args = usbArguments(usb, { ...options, offered: formats('640x480') }).join(' ');
    expect(args).toContain('-f v4l2 -framerate 15 -video_size 1280x720 -i /dev/video0');
  });
});
