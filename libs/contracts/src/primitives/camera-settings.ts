import * as z from 'zod';
import { VIEW_SIZES } from '../words';

/** What keeps a camera from seeing. `settings`: new ones could not be used, the last that worked are. */
export const CAMERA_FAULT_KINDS = [
  'no-picture',
  'refused',
  'frozen',
  'black',
  'covered',
  'settings',
] as const;

export const cameraFaultKindSchema = z.enum(CAMERA_FAULT_KINDS);

/** A fault's kind as another version may tell it: null where it tells none, or one that is not known here. */
export const toldCameraFaultKindSchema = cameraFaultKindSchema.nullable().catch(null).default(null);

/** A picture's size in pixels, as decoders and colour formats can make it. */
export const pictureSizeSchema = z.object({
  width: z.int().min(160).max(3840).multipleOf(4),
  height: z.int().min(120).max(2160).multipleOf(2),
});

/** A camera on the computer's own camera connector (MIPI CSI-2). */
const csiSourceSchema = z.object({
  kind: z.literal('csi'),
  /** Which of the connectors. */
  sensor: z.int().min(0).max(7).default(0),
  resolution: pictureSizeSchema,
});

/** A camera on USB, or anything else that is a video device of Linux. */
const usbSourceSchema = z.object({
  kind: z.literal('usb'),
  device: z
    .string()
    .regex(/^\/dev\/(?:video\d{1,3}|v4l\/by-(?:id|path)\/[A-Za-z0-9_.:+-]{1,200})$/, {
      error: 'must be a video device such as /dev/video0',
    })
    .default('/dev/video0'),
  resolution: pictureSizeSchema,
});

/** A network camera, without its password. */
const rtspFields = {
  kind: z.literal('rtsp'),
  /** Host name, IPv4 or IPv6 address, without brackets. */
  address: z
    .string()
    .max(253)
    .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)$/, {
      error: 'must be a host name or an address, without rtsp:// and without a path',
    }),
  port: z.int().min(1).max(65_535).default(554),
  /** What comes after address and port in the camera's RTSP URL, such as `Streaming/Channels/101`. */
  path: z
    .string()
    .max(500)
    .regex(/^[\x21-\x7e]*$/, 'must be printable ASCII without spaces')
    .refine((path) => !/^rtsps?:/i.test(path), 'must be what comes after the address alone')
    .default(''),
  /** Whether pictures come through the connection of the commands, or in datagrams of their own. */
  transport: z.enum(['tcp', 'udp']).default('tcp'),
  /** The id that the camera asks for; null: it asks for none. */
  user: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[^:\p{Cc}]*$/u, 'must have no colon and no control characters')
    .nullable()
    .default(null),
};
const passwordSchema = z
  .string()
  .max(128)
  .regex(/^[^\p{Cc}]*$/u, 'must have no control characters');

/** A path on the door's own computer. */
const pathSchema = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}]*$/u, 'must have no control characters');

/** A video file that stands for a camera. */
const fileSourceSchema = z.object({
  kind: z.literal('file'),
  path: pathSchema,
  /** Whether it begins again at its end. */
  loop: z.boolean().default(true),
});

/** A folder of JPEG, PNG and WebP pictures, shown in the order of their names. */
const folderSourceSchema = z.object({
  kind: z.literal('folder'),
  path: pathSchema,
  loop: z.boolean().default(true),
});

const streamFields = {
  /** Frames a second that are looked at, at most. */
  framesPerSecondMax: z.number().min(1).max(30).default(10),
  /** The size that a live picture fits into. */
  viewSize: z.enum(VIEW_SIZES).default('960x540'),
  /**
   * The size that each frame is scaled into before anything looks at it, keeping its shape, never up; null: as it
   * comes. Smaller is faster, and finds near faces alone.
   */
  dnnResize: pictureSizeSchema.nullable().default(null),
  /** Whether a picture that stands still counts as a fault; off for a camera that compresses all noise away. */
  noticeFrozen: z.boolean().default(true),
};

function cameraSchemaOf<T extends z.ZodRawShape>(rtspSecret: T) {
  return z.object({
    source: z.discriminatedUnion('kind', [
      csiSourceSchema,
      usbSourceSchema,
      z.object({ ...rtspFields, ...rtspSecret }),
      fileSourceSchema,
      folderSourceSchema,
    ]),
    ...streamFields,
  });
}

/**
 * Where a door's pictures come from and how they are taken, as the door needs it, password and all. A kind of source
 * that is added later is only for agents whose capabilities name it.
 */
export const cameraSettingsSchema = cameraSchemaOf({ password: passwordSchema.nullable().default(null) });

/**
 * The same as somebody sets it. A password that is not named stays, as long as address, port and user do; null takes
 * it away.
 */
export const cameraRequestSchema = cameraSchemaOf({ password: passwordSchema.nullable().optional() });

/** The same as it is shown: whether there is a password, and never which. */
export const cameraViewSchema = cameraSchemaOf({ hasPassword: z.boolean() });

export type ViewSize = (typeof VIEW_SIZES)[number];
export type CameraFaultKind = z.infer<typeof cameraFaultKindSchema>;
export type PictureSize = z.infer<typeof pictureSizeSchema>;
export type CameraSettings = z.infer<typeof cameraSettingsSchema>;
export type CameraSource = CameraSettings['source'];
export type CameraRequest = z.infer<typeof cameraRequestSchema>;
export type CameraView = z.infer<typeof cameraViewSchema>;
