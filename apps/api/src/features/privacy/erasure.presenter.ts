import type { erasureSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { ErasureDoorRecord, ErasureRecord } from './erasures.repository';

/** An erasure as the wire has it. */
export function presentErasure(
  record: ErasureRecord,
  doors: readonly ErasureDoorRecord[],
  liveNodeIds: ReadonlySet<string>,
): z.input<typeof erasureSchema> {
  return {
    id: record.id,
    erasedAt: record.erased_at.toISOString(),
    completedAt: record.completed_at?.toISOString() ?? null,
    doorsConfirmed: record.confirmed,
    doorsTotal: record.total,
    doors: doors.map((door) => ({
      door: { id: door.id, name: door.name },
      online: door.node_id !== null && liveNodeIds.has(door.node_id),
      confirmedAt: door.confirmed_at?.toISOString() ?? null,
    })),
  };
}
