import type { doorDeviceSchema, doorSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { Door } from './door.entity';
import type { DeviceFacts, DoorRecord } from './doors.repository';

/** A door as the wire has it; its schema, which every answer goes through, completes the settings. */
export function presentDoor({ door, site, online, device }: DoorRecord): z.input<typeof doorSchema> {
  return {
    id: door.id,
    site: { id: site.id, name: site.name },
    name: door.name,
    settings: door.settings,
    online,
    lock: door.lock ?? 'unknown',
    // A connection answers a ping every few seconds, or is no more.
    lastSeenAt: (online ? new Date() : door.lastSeenAt)?.toISOString() ?? null,
    cameraFault: door.cameraFault,
    cameraFaultKind: door.cameraFault === null ? null : door.cameraFaultKind,
    condition: door.condition,
    device: presentDevice(door, device),
    createdAt: door.createdAt.toISOString(),
  };
}

function presentDevice(
  door: Door,
  { fingerprint, appliedRevision, comparedAt, agrees }: DeviceFacts,
): z.input<typeof doorDeviceSchema> {
  const state = door.pairedAt === null ? 'unpaired' : fingerprint === null ? 'revoked' : 'paired';
  return {
    state,
    pairedAt: door.pairedAt?.toISOString() ?? null,
    fingerprint,
    agentVersion: door.agentVersion,
    protocol: door.agentProtocol,
    refusedProtocol: door.refusedProtocol,
    appliedRevision,
    clockOffsetMs: door.clockOffsetMs,
    comparedAt: comparedAt?.toISOString() ?? null,
    agrees,
    health: door.health,
  };
}
