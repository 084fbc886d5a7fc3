import { cameraSettingsSchema, type CameraSettings } from '@munjigi/contracts';
import { MemoryFrameSource } from '../adapters/frames/memory-frame-source';
import { systemClock } from '../adapters/clock/system-clock';
import type { FrameSource } from '../ports/frame-source';
import { fileCamera } from '../testing/camera-settings';
import { CollectingSink } from '../testing/collecting-sink';
import { readableLog } from '../testing/log-lines';
import { until } from '../testing/until';
import { CameraSwitch, type CameraWish } from './switch-camera';

const PICTURE = { width: 4, height: 2, data: new Uint8Array(24) };

function rig(options: { lastGood?: CameraSettings; trialMs?: number } = {}) {
  let wish: CameraWish = { settings: null, problem: null };
  let lastGood = options.lastGood ?? null;
  const opened: { path: string; source: MemoryFrameSource }[] = [];
  const sink = new CollectingSink();
  const switched = new CameraSwitch({
    wish: () => wish,
    open: (settings): FrameSource => {
      const source = new MemoryFrameSource({ clock: systemClock });
      opened.push({ path: settings.source.kind === 'file' ? settings.source.path : '', source });
      return source;
    },
    memory: { lastGood: () => lastGood, keepGood: (settings) => void (lastGood = settings) },
    log: readableLog().log,
    trialMs: options.trialMs ?? 60_000,
  });
  return {
    ...{ sink, opened, switched },
    /** Wants this camera. */
    want: (settings: CameraSettings | null, problem: string | null = null) => {
      wish = { settings, problem };
      switched.changed();
    },
    /** Waits for the camera that was opened as the so-manieth. */
    camera: async (count: number) => (await until(() => opened[count - 1])).source,
    lastGood: () => lastGood,
  };
}

describe('CameraSwitch', () => {
  let running: CameraSwitch | undefined;
  const begin = (options?: Parameters<typeof rig>[0]) => {
    const made = rig(options);
    running = made.switched;
    made.switched.start(made.sink);
    return made;
  };
  afterEach(() => running?.stop());

  it('changes the camera while it runs, as another scene, and keeps the one that showed something', async () => {
    const { want, camera, sink, switched, lastGood } = begin();
    want(fileCamera('a'));
    const first = await camera(1);
    first.show(PICTURE);
    first.cut();
    first.show(PICTURE);
    want(fileCamera('b'));
    (await camera(2)).show(PICTURE);
    first.show(PICTURE);
    expect(sink.frames.map(({ frameNumber, scene }) => [frameNumber, scene])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(sink.faults).toEqual([]);
    expect(switched.settings).toEqual(fileCamera('b'));
    expect(lastGood()).toEqual(fileCamera('b'));
  });

  it('goes back to the last that worked when new settings show nothing, says so, and takes mended ones', async () => {
    const { want, camera, sink, opened } = begin({ lastGood: fileCamera('good'), trialMs: 20 });
    want(fileCamera('bad'));
    (await camera(1)).fail('There is no such file.');
    (await camera(2)).show(PICTURE);
    await until(() => sink.kinds.at(-1) === 'settings');
    expect(sink.faults.at(-1)).toMatch(/the last that worked are in force\. There is no such file\./);
    // Told again, as with every page of changes: nothing new is wanted.
    want(fileCamera('bad'));
    want(fileCamera('mended'));
    (await camera(3)).show(PICTURE);
    await until(() => sink.faults.at(-1) === null);
    expect(opened.map(({ path }) => path)).toEqual(['bad', 'good', 'mended']);
  });

  it('does so at once when the user is refused', async () => {
    const { want, camera, sink, opened } = begin({ lastGood: fileCamera('good') });
    want(fileCamera('bad'));
    (await camera(1)).fail('It refuses this password.', 'refused');
    (await camera(2)).show(PICTURE);
    await until(() => sink.kinds.at(-1) === 'settings');
    expect(opened).toHaveLength(2);
  });

  it('tries the wanted one again when the one that stands in goes away as well', async () => {
    const { want, camera, sink } = begin({ lastGood: fileCamera('good'), trialMs: 20 });
    want(fileCamera('new'));
    await camera(1);
    const standIn = await camera(2);
    standIn.show(PICTURE);
    standIn.fail('The cable is out.');
    (await camera(3)).show(PICTURE);
    await until(() => sink.faults.at(-1) === null);
  });

  it('stays with settings that never worked before, since there are no others', async () => {
    const { want, camera, sink, opened } = begin({ trialMs: 5 });
    want(fileCamera('a'));
    const only = await camera(1);
    only.fail('Not yet.');
    await until(() => sink.faults.includes('Not yet.'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    only.show(PICTURE);
    only.fail(null);
    expect(sink.faults.at(-1)).toBeNull();
    expect(opened).toHaveLength(1);
  });

  it('opens nothing anew for another view, and says what is wrong with settings that cannot be read', async () => {
    const { want, camera, sink, opened, switched } = begin();
    want(fileCamera('a'));
    (await camera(1)).show(PICTURE);
    want(cameraSettingsSchema.parse({ ...fileCamera('a'), viewSize: '320x240' }), 'The file is no JSON.');
    await until(() => sink.kinds.at(-1) === 'settings');
    expect(sink.faults.at(-1)).toBe('The file is no JSON.');
    expect(opened).toHaveLength(1);
    expect(switched.settings?.viewSize).toBe('320x240');
  });
});
