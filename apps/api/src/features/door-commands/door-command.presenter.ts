import type { doorCommandRecordSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { StoredCommand } from './door-command.entity';

/** A command as the console sees it. */
export function presentCommand(
  command: StoredCommand,
  hasDiagnostics = command.diagnostics !== null,
): z.input<typeof doorCommandRecordSchema> {
  const { id, doorId, reason, askedBy, askedAt, expiresAt, refusal, detail, unlockMs } = command;
  const isExpired = command.state === 'asked' && expiresAt.getTime() <= Date.now();
  return {
    ...{ id, doorId, command: command.command, reason, askedBy, refusal, detail, unlockMs, hasDiagnostics },
    askedAt: askedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    state: isExpired ? 'expired' : command.state,
    acceptedAt: command.acceptedAt?.toISOString() ?? null,
    endedAt: command.endedAt?.toISOString() ?? null,
  };
}
