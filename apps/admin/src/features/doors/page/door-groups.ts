import type { Door } from '@munjigi/contracts';

/** How a door stands, in one word; of several that fit, the first. Every door is in one group. */
export const DOOR_GROUPS = ['offline', 'forced', 'held', 'fault', 'lockdown', 'unlocked', 'locked'] as const;

export type DoorGroup = (typeof DOOR_GROUPS)[number];

/** The one group that a door is in: of what is wrong with it the gravest, else how its lock stands. */
export function groupOf({ online, cameraFault, condition, lock }: Door): DoorGroup {
  if (!online) return 'offline';
  if (condition?.alarm === 'door-forced-open' || condition?.tamper) return 'forced';
  if (condition?.alarm === 'door-open-too-long') return 'held';
  if (cameraFault !== null || (condition && condition.hardwareFault !== null)) return 'fault';
  if (condition?.standing === 'locked-down') return 'lockdown';
  const isOpen = condition
    ? condition.fireRelease || condition.standing === 'unlocked' || condition.standing === 'locked-open'
    : lock === 'unlocked';
  return isOpen ? 'unlocked' : 'locked';
}

/** Whether somebody should look at a door. */
export function needsAttention(door: Door): boolean {
  const group = groupOf(door);
  return (
    group === 'offline' ||
    group === 'forced' ||
    group === 'held' ||
    group === 'fault' ||
    door.condition?.fireRelease === true
  );
}

/** Which doors to list; `behind`: those that lack changes. */
export const DOOR_VIEWS = ['all', 'attention', 'behind', ...DOOR_GROUPS] as const;

export type DoorView = (typeof DOOR_VIEWS)[number];

/** Whether a door is one of those wanted. @param behind ids of the doors that lack changes */
export function isInView(door: Door, view: DoorView, behind: ReadonlySet<string>): boolean {
  if (view === 'all') return true;
  if (view === 'attention') return needsAttention(door);
  if (view === 'behind') return behind.has(door.id);
  return groupOf(door) === view;
}
