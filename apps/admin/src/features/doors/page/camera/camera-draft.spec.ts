import { doorCameraSchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { type CameraDraft, draftOfCamera, requestOfDraft } from './camera-draft';

const { camera } = doorCameraSchema.parse(goldenMessage('doorCamera'));
const kept = draftOfCamera(camera);

describe('the draft of a camera', () => {
  it('asks for what is kept, and leaves the password that nobody sees', () => {
    const { source, ...stream } = camera!;
    const { hasPassword: _shown, ...same } = source as typeof source & { hasPassword: boolean };
    expect(requestOfDraft(kept).camera).toEqual({ ...stream, source: same });
  });

  it.each([
    ['a new password', { password: 'x' }, { password: 'x' }],
    ['no password any more', { forgetsPassword: true }, { password: null }],
    ['no user, and so no password', { user: '' }, { user: null, password: null }],
  ] as [string, Partial<CameraDraft>, object][])('asks for %s', (_, changes, source) =>
    expect(requestOfDraft({ ...kept, ...changes }).camera).toMatchObject({ source }),
  );

  it('leaves the camera to the door where nothing is set', () => {
    expect(requestOfDraft(draftOfCamera(null))).toEqual({ camera: null, wrong: new Set() });
  });

  it.each([
    ['usb', { source: { kind: 'usb', device: '/dev/video2', resolution: { width: 1280, height: 720 } } }],
    ['csi', { source: { kind: 'csi', sensor: 1, resolution: { width: 640, height: 480 } } }],
    ['file', { source: { kind: 'file', path: '/videos/a.mp4', loop: false } }],
    ['folder', { source: { kind: 'folder', path: '/pictures', loop: true } }],
  ] as const)('asks for a kept camera of the kind %s as it is', (_, { source }) => {
    const whole = { ...camera!, source };
    expect(requestOfDraft(draftOfCamera(whole)).camera).toEqual(whole);
  });

  it.each([
    ['source.address', { address: 'rtsp://10.0.0.1' }],
    ['source.port', { port: '' }],
    ['framesPerSecondMax', { framesPerSecondMax: '31' }],
    ['dnnResize.height', { dnnWidth: '640', dnnHeight: '' }],
    ['source.device', { kind: 'usb', device: '/etc/passwd' }],
    ['source.resolution.width', { kind: 'csi', width: '5' }],
    ['source.path', { kind: 'file', filePath: '' }],
  ] as [string, Partial<CameraDraft>][])('names %s when it cannot be', (path, changes) => {
    const { camera: asked, wrong } = requestOfDraft({ ...kept, ...changes });
    expect(asked).toBeNull();
    expect([...wrong]).toEqual([path]);
  });
});
