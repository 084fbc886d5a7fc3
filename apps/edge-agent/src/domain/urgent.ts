import type { DoorEventKind } from '@munjigi/contracts';

/**
 * What must be known at once: alarms, and that they are over. Both, or an old end would close an alarm that overtook it.
 */
const URGENT = [
  'door-forced',
  'door-held-open',
  'door-closed',
  'tamper',
  'tamper-ended',
  'fire-release',
  'fire-release-ended',
  'hardware-fault',
  'hardware-restored',
  'clock-stepped',
] as const satisfies readonly DoorEventKind[];

const KINDS: ReadonlySet<string> = new Set(URGENT);

/** Whether an event overtakes those that wait before it. */
export function isUrgent({ kind }: { readonly kind: string }): boolean {
  return KINDS.has(kind);
}
