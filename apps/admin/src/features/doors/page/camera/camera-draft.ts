import { type CameraRequest, type CameraView, cameraRequestSchema } from '@munjigi/contracts';

/** Where pictures may come from; `own`: the door's own configuration says. */
export const CAMERA_KINDS = ['own', 'rtsp', 'usb', 'csi', 'file', 'folder'] as const;

export type CameraKind = (typeof CAMERA_KINDS)[number];

/** A camera as a form has it: numbers as texts, the fields of all kinds side by side. */
export interface CameraDraft {
  readonly kind: CameraKind;
  readonly address: string;
  readonly port: string;
  readonly path: string;
  readonly transport: 'tcp' | 'udp';
  readonly user: string;
  /** Empty: the one that is kept stays. */
  readonly password: string;
  readonly forgetsPassword: boolean;
  readonly device: string;
  readonly sensor: string;
  readonly width: string;
  readonly height: string;
  readonly filePath: string;
  readonly loop: boolean;
  readonly framesPerSecondMax: string;
  readonly viewSize: CameraView['viewSize'];
  /** Both empty: as the camera gives it. */
  readonly dnnWidth: string;
  readonly dnnHeight: string;
  readonly noticeFrozen: boolean;
}

const FRESH: CameraDraft = {
  ...{ kind: 'own', address: '', port: '554', path: '', transport: 'tcp', user: '', password: '' },
  ...{
    forgetsPassword: false,
    device: '/dev/video0',
    sensor: '0',
    width: '1280',
    height: '720',
    filePath: '',
  },
  ...{ loop: true, framesPerSecondMax: '10', viewSize: '960x540', dnnWidth: '', dnnHeight: '' },
  noticeFrozen: true,
};

/** A kept camera as the form shows it; null: the door's own configuration says. */
export function draftOfCamera(camera: CameraView | null): CameraDraft {
  if (camera === null) return FRESH;
  const { source, dnnResize } = camera;
  const stream = {
    kind: source.kind,
    framesPerSecondMax: String(camera.framesPerSecondMax),
    viewSize: camera.viewSize,
    dnnWidth: dnnResize ? String(dnnResize.width) : '',
    dnnHeight: dnnResize ? String(dnnResize.height) : '',
    noticeFrozen: camera.noticeFrozen,
  };
  switch (source.kind) {
    case 'rtsp': {
      const { address, port, path, transport, user } = source;
      return { ...FRESH, ...stream, address, port: String(port), path, transport, user: user ?? '' };
    }
    case 'usb':
      return { ...FRESH, ...stream, device: source.device, ...sizeTexts(source.resolution) };
    case 'csi':
      return { ...FRESH, ...stream, sensor: String(source.sensor), ...sizeTexts(source.resolution) };
    case 'file':
    case 'folder':
      return { ...FRESH, ...stream, filePath: source.path, loop: source.loop };
  }
}

/** What the form asks for, or which of its fields cannot be, by their paths in the request. */
export function requestOfDraft(draft: CameraDraft): {
  readonly camera: CameraRequest | null;
  readonly wrong: ReadonlySet<string>;
} {
  if (draft.kind === 'own') return { camera: null, wrong: new Set() };
  const hasResize = draft.dnnWidth.trim() !== '' || draft.dnnHeight.trim() !== '';
  const parsed = cameraRequestSchema.safeParse({
    source: sourceOf(draft),
    framesPerSecondMax: numberOf(draft.framesPerSecondMax),
    viewSize: draft.viewSize,
    dnnResize: hasResize ? { width: numberOf(draft.dnnWidth), height: numberOf(draft.dnnHeight) } : null,
    noticeFrozen: draft.noticeFrozen,
  });
  if (parsed.success) return { camera: parsed.data, wrong: new Set() };
  return { camera: null, wrong: new Set(parsed.error.issues.map(({ path }) => path.join('.'))) };
}

function sourceOf(draft: CameraDraft): object {
  const resolution = { width: numberOf(draft.width), height: numberOf(draft.height) };
  switch (draft.kind) {
    case 'rtsp': {
      const user = draft.user === '' ? null : draft.user;
      const { address, path, transport } = draft;
      const forgets = draft.forgetsPassword || user === null;
      const password =
        draft.password === '' ? (forgets ? { password: null } : {}) : { password: draft.password };
      return {
        kind: 'rtsp',
        address: address.trim(),
        port: numberOf(draft.port),
        path,
        transport,
        user,
        ...password,
      };
    }
    case 'usb':
      return { kind: 'usb', device: draft.device.trim(), resolution };
    case 'csi':
      return { kind: 'csi', sensor: numberOf(draft.sensor), resolution };
    default:
      return { kind: draft.kind, path: draft.filePath, loop: draft.loop };
  }
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function sizeTexts({ width, height }: { readonly width: number; readonly height: number }) {
  return { width: String(width), height: String(height) };
}
