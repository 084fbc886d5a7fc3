import * as z from 'zod';
import { toldCameraFaultKindSchema } from '../primitives/camera-settings';
import { deviceHealthSchema } from '../primitives/device-health';
import { toldDiskStateSchema } from '../primitives/disk-state';
import { doorConditionSchema } from '../primitives/door-state';
import { versionSchema } from './protocol';

/** `door.state`, agent to server: the door as it is. Sent after hello, on every change and when it has measured itself. No
 * answer. */
export const doorStateSchema = z.object({
  v: versionSchema,
  lock: z.enum(['locked', 'unlocked']),
  /** What keeps the camera from seeing, in words for people; null when it sees. */
  cameraFault: z.string().max(500).nullable(),
  /** The rest of it; null of an agent that does not say. */
  condition: doorConditionSchema.nullable().default(null),
  /** Which kind of fault of the camera it is; null also where it is none of these. */
  cameraFaultKind: toldCameraFaultKindSchema,
  /** The disk of the door's computer; null of an agent that does not say. */
  disk: toldDiskStateSchema,
  /** How its computer did when it last measured itself; null before that, and of an agent that does not. */
  health: deviceHealthSchema.nullable().default(null),
});

export type DoorState = z.infer<typeof doorStateSchema>;
