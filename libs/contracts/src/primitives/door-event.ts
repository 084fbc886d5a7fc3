import * as z from 'zod';
import { toldCameraFaultKindSchema } from './camera-settings';
import { diskStateSchema } from './disk-state';
import { instantSchema } from './scalars';

/** Everything that can happen to a door apart from visits. */
export const DOOR_EVENT_KINDS = [
  /** Opened with no grant, request to exit or override: somebody broke in, or a sensor is wrong. */
  'door-forced',
  /** Open for longer than it may be. */
  'door-held-open',
  /** Open for nearly as long as it may be. */
  'door-held-open-soon',
  /** Closed again after it was forced or held open, or found closed when the door's computer started. */
  'door-closed',
  /** Somebody who was let in opened the door. */
  'access-taken',
  /** Somebody was let in, and did not open the door in time. */
  'access-not-taken',
  /** Somebody asked to leave. */
  'rex',
  'tamper',
  'tamper-ended',
  /** Locked a second time, by key: the door cannot unlock. */
  'double-locked',
  'double-lock-ended',
  /** The wired fire release has freed the door, which no software takes part in. */
  'fire-release',
  'fire-release-ended',
  /** The lock or its inputs cannot be reached. */
  'hardware-fault',
  /** They are reached again, or found so when the door's computer started. */
  'hardware-restored',
  'camera-fault',
  'camera-restored',
  /** The disk of the door's computer is nearly full, or so full that the door cannot write what happens. */
  'disk-low',
  'disk-restored',
  'agent-online',
  'agent-offline',
  /** The door held something else than the server wants it to. */
  'state-drift',
  /** What the door holds was compared and is right again. */
  'state-healed',
  /** The door's clock jumped. */
  'clock-stepped',
  'lockdown-on',
  'lockdown-off',
  /** An operator unlocked or locked the door, or gave it back to its rules. */
  'override',
  /** An operator unlocked the door once, from afar. */
  'remote-unlock',
] as const;

export const doorEventKindSchema = z.enum(DOOR_EVENT_KINDS);

const nothing = z.object({});

/**
 * The schema of door events that share the fields of `shape`: one of each kind, with the details of that kind.
 *
 * @param shape must not name `kind` or `details`
 */
export function doorEventSchemaOf<T extends z.ZodRawShape>(shape: T) {
  const of = <K extends string, D extends z.ZodType>(kind: K, details: D) =>
    z.object({ ...shape, kind: z.literal(kind), details });
  return z.discriminatedUnion('kind', [
    of('door-forced', nothing),
    of('door-held-open', z.object({ openMs: z.number().nonnegative() })),
    of('door-held-open-soon', z.object({ inMs: z.number().nonnegative() })),
    of('door-closed', nothing),
    of('access-taken', z.object({ eventId: z.uuid() })),
    of('access-not-taken', z.object({ eventId: z.uuid() })),
    of('rex', nothing),
    of('tamper', z.object({ source: z.string().max(120) })),
    of('tamper-ended', nothing),
    of('double-locked', nothing),
    of('double-lock-ended', nothing),
    of('fire-release', nothing),
    of('fire-release-ended', nothing),
    of('hardware-fault', z.object({ fault: z.string().max(500) })),
    of('hardware-restored', nothing),
    of('camera-fault', z.object({ fault: z.string().max(500), kind: toldCameraFaultKindSchema })),
    of('camera-restored', nothing),
    of('disk-low', diskStateSchema),
    of('disk-restored', nothing),
    of('agent-online', z.object({ agentVersion: z.string().max(64) })),
    /** `left`: the connection ended. `lost`: the server's process that held it ended. */
    of('agent-offline', z.object({ cause: z.enum(['left', 'lost']) })),
    /** `parts`: of 257 that were compared, those that differed. */
    of('state-drift', z.object({ parts: z.int().positive() })),
    of('state-healed', nothing),
    of('clock-stepped', z.object({ byMs: z.number() })),
    of('lockdown-on', z.object({ lockdownId: z.uuid().nullable() })),
    of('lockdown-off', z.object({ lockdownId: z.uuid().nullable() })),
    of(
      'override',
      z.object({ state: z.enum(['unlocked', 'locked', 'normal']), until: instantSchema.nullable() }),
    ),
    of('remote-unlock', z.object({ commandId: z.uuid(), unlockMs: z.number().nonnegative() })),
  ]);
}

export type DoorEventKind = z.infer<typeof doorEventKindSchema>;
