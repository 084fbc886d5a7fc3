import type { DoorCommand, DoorCommandKind, Permission } from '@munjigi/contracts';

/** What somebody must be allowed to do to give a command: the door is operated, its computer is looked after. */
export const PERMISSION_FOR: Readonly<Record<DoorCommandKind, Permission>> = {
  unlock: 'doors:operate',
  lock: 'doors:operate',
  identify: 'doors:operate',
  restart: 'doors:write',
  'update-models': 'doors:write',
  'collect-diagnostics': 'doors:write',
};

/** What moves a door is meant for this moment. */
const MOMENT_MS = 8_000;
const MINUTE_MS = 60_000;

/** How long a command may be on its way; a door refuses a later one. */
export function expiryMsOf({ kind }: DoorCommand): number {
  return kind === 'unlock' || kind === 'lock' ? MOMENT_MS : MINUTE_MS;
}
