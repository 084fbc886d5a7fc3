import { z } from 'zod';
import { versionSchema } from './protocol';

/** `door.state`, agent to server: the door as it is. Sent after hello and on every change. No answer. */
export const doorStateSchema = z.object({
  v: versionSchema,
  lock: z.enum(['locked', 'unlocked']),
  /** What keeps the camera from seeing, in words for people; null when it sees. */
  cameraFault: z.string().max(500).nullable(),
});

export type DoorState = z.infer<typeof doorStateSchema>;
