import { doorSettingsSchema, type doorSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { DoorRecord } from './doors.repository';

/** A door as the wire has it, its settings complete. */
export function presentDoor({ door, site, online }: DoorRecord): z.input<typeof doorSchema> {
  return {
    id: door.id,
    site: { id: site.id, name: site.name },
    name: door.name,
    settings: doorSettingsSchema.parse(door.settings),
    online,
    lock: door.lock ?? 'unknown',
    // A connection answers a ping every few seconds, or is no more.
    lastSeenAt: (online ? new Date() : door.lastSeenAt)?.toISOString() ?? null,
    cameraFault: door.cameraFault,
    condition: door.condition,
    createdAt: door.createdAt.toISOString(),
  };
}
