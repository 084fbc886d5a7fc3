import type { AccessMemory, DoorMemory, Whereabouts } from '@munjigi/access-rules';
import type { DoorId, PersonId } from '@munjigi/contracts';

/** What became otherwise in the memory of who passed. */
export interface MemoryChange {
  readonly people: readonly (readonly [PersonId, Whereabouts])[];
  readonly door: readonly [DoorId, DoorMemory] | null;
}

/** The durable copy of what the access rules remember, so that a restart opens no way round them. */
export interface MemoryStore {
  /** What was kept. Whether doors stand open is not known after a restart. */
  load(): AccessMemory;
  /** Keeps a change; it survives loss of power from the moment this returns. */
  keep(change: MemoryChange): void;
}
