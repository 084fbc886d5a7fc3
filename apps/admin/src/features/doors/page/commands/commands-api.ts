import type { DoorCommandRecord, DoorId, Permission, TellDoorRequest } from '@munjigi/contracts';
import { request } from '@/lib/api/request';

/** What the console tells a door once, and what that needs at its site. */
export const COMMANDS = {
  identify: 'doors:operate',
  lock: 'doors:operate',
  'collect-diagnostics': 'doors:write',
  'update-models': 'doors:write',
  restart: 'doors:write',
} as const satisfies Partial<Record<DoorCommandRecord['command']['kind'], Permission>>;

export type ToldKind = keyof typeof COMMANDS;

export const TOLD_KINDS = Object.keys(COMMANDS) as readonly ToldKind[];

/** What is sent to tell a door something; it identifies itself for ten seconds. */
export function tellRequest(kind: ToldKind, reason: string): TellDoorRequest {
  return { command: kind === 'identify' ? { kind, forMs: 10_000 } : { kind }, reason };
}

/** Calls about what a door was told; each throws {@link ApiError}. */
export const commandsApi = {
  list: (id: DoorId, signal: AbortSignal) =>
    request(`/api/doors/${id}/commands`, 'doorCommandListSchema', { signal }),
  tell: (id: DoorId, body: TellDoorRequest) =>
    request(`/api/doors/${id}/commands`, 'doorCommandRecordSchema', { method: 'POST', body }),
} as const;

/** Where the bundle of diagnostics that a command collected is to be had, as a file. */
export function diagnosticsUrl({ doorId, id }: Pick<DoorCommandRecord, 'doorId' | 'id'>): string {
  return `/api/doors/${doorId}/commands/${id}/diagnostics`;
}
