import type { AlarmKind, AlarmSeverity, DoorEventKind } from '@munjigi/contracts';

/** Denials at one door that make an alarm when they come within {@link DENIALS_WITHIN_MS}. */
export const DENIALS_MIN = 5;
export const DENIALS_WITHIN_MS = 5 * 60_000;
/** For how long a door's agent may be away before it is an alarm. */
export const OFFLINE_MS = 5 * 60_000;
/** From so large a step of a door's clock on, schedules and the account may be wrong by it. */
export const CLOCK_STEP_MS = 60_000;

const SEVERITY: Readonly<Record<AlarmKind, AlarmSeverity>> = {
  'door-forced': 'critical',
  tamper: 'critical',
  'agent-offline': 'high',
  'disk-low': 'high',
  'hardware-fault': 'high',
  'denied-repeatedly': 'high',
  'door-held-open': 'medium',
  'camera-fault': 'medium',
  'state-drift': 'high',
  'clock-stepped': 'medium',
  'webhook-failing': 'medium',
};

/** That something is wrong, or no longer is. */
export type AlarmSignal =
  | {
      readonly type: 'raise';
      readonly key: string;
      readonly kind: AlarmKind;
      readonly severity: AlarmSeverity;
      readonly doorId: string | null;
      readonly at: Date;
      readonly details: Readonly<Record<string, string | number | boolean | null>>;
    }
  | { readonly type: 'clear'; readonly key: string; readonly at: Date };

/** What a door event says for the rules. */
export interface HappenedAtDoor {
  readonly doorId: string;
  readonly kind: DoorEventKind;
  readonly occurredAt: string;
  readonly details: object;
}

const RAISED_BY: Partial<Record<DoorEventKind, AlarmKind>> = {
  'door-forced': 'door-forced',
  'door-held-open': 'door-held-open',
  tamper: 'tamper',
  'camera-fault': 'camera-fault',
  'disk-low': 'disk-low',
  'state-drift': 'state-drift',
  'hardware-fault': 'hardware-fault',
};

const CLEARED_BY: Partial<Record<DoorEventKind, readonly AlarmKind[]>> = {
  'door-closed': ['door-forced', 'door-held-open'],
  'tamper-ended': ['tamper'],
  'camera-restored': ['camera-fault'],
  'disk-restored': ['disk-low'],
  'hardware-restored': ['hardware-fault'],
  'agent-online': ['agent-offline'],
  'state-healed': ['state-drift'],
};

/** That an alarm of a kind is to be raised, about a door or about something else. */
export function raiseSignal(
  kind: AlarmKind,
  about: { readonly doorId: string } | { readonly subjectId: string },
  at: Date,
  details: Readonly<Record<string, string | number | boolean | null>> = {},
): AlarmSignal {
  const doorId = 'doorId' in about ? about.doorId : null;
  const key = keyOf(kind, 'doorId' in about ? about.doorId : about.subjectId);
  return { type: 'raise', key, kind, severity: SEVERITY[kind], doorId, at, details };
}

/** That an alarm of a kind about something is over. */
export function clearSignal(kind: AlarmKind, subjectId: string, at: Date): AlarmSignal {
  return { type: 'clear', key: keyOf(kind, subjectId), at };
}

/** What a door event means for alarms; nothing as a rule. */
export function signalsOf(event: HappenedAtDoor): AlarmSignal[] {
  const at = new Date(event.occurredAt);
  const raised = isLargeStep(event) ? 'clock-stepped' : RAISED_BY[event.kind];
  const cleared = CLEARED_BY[event.kind] ?? [];
  return [
    ...(raised ? [raiseSignal(raised, event, at, event.details as Record<string, string | number>)] : []),
    ...cleared.map((kind) => clearSignal(kind, event.doorId, at)),
  ];
}

function isLargeStep({ kind, details }: HappenedAtDoor): boolean {
  return kind === 'clock-stepped' && 'byMs' in details && Math.abs(Number(details.byMs)) >= CLOCK_STEP_MS;
}

/** Splits signals, in their order, into runs of one type in which each key comes once, the latest of its run. */
export function runsOf(signals: readonly AlarmSignal[]): AlarmSignal[][] {
  const runs: Map<string, AlarmSignal>[] = [];
  let type: AlarmSignal['type'] | undefined;
  for (const signal of signals) {
    if (signal.type !== type) runs.push(new Map());
    type = signal.type;
    runs.at(-1)!.set(signal.key, signal);
  }
  return runs.map((run) => [...run.values()]);
}

function keyOf(kind: AlarmKind, subjectId: string): string {
  return `${kind}/${subjectId}`;
}
