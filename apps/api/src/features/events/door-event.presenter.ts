import { doorEventSchema, type DoorEvent, type DoorEventKind } from '@munjigi/contracts';

/** A door event as the database gives it, with the door's name of today. */
export interface DoorEventRow {
  readonly id: string;
  readonly door_id: string;
  readonly door_name: string;
  readonly site_id: string;
  readonly occurred_at: Date;
  readonly received_at: Date;
  readonly epoch: string | null;
  readonly kind: DoorEventKind;
  readonly details: unknown;
}

/** A door event as the wire has it. */
export function presentDoorEvent(row: DoorEventRow): DoorEvent {
  return doorEventSchema.parse({
    id: row.id,
    door: { id: row.door_id, name: row.door_name },
    siteId: row.site_id,
    occurredAt: row.occurred_at.toISOString(),
    receivedAt: row.received_at.toISOString(),
    origin: row.epoch === null ? 'server' : 'door',
    kind: row.kind,
    details: row.details,
  });
}
