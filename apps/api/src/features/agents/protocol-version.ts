import {
  AGENT_PROTOCOL_RANGE,
  commonProtocol,
  protocolRangeSchema,
  type ProtocolRange,
} from '@munjigi/contracts';
import { z } from 'zod';
import { AppError } from '../../platform/errors/app-error';

const statedSchema = z.object({ v: z.int().min(1).max(999), protocol: protocolRangeSchema.optional() });

/**
 * The versions that the sender of a message speaks: those that it names, as in hello, or the one that the message is
 * written in; null where it says neither.
 */
export function spokenBy(message: unknown): ProtocolRange | null {
  const stated = statedSchema.safeParse(message);
  if (!stated.success) return null;
  const { v, protocol } = stated.data;
  return protocol ?? { min: v, max: v };
}

/** Whether this server speaks one of these versions. */
export function isSpoken(spoken: ProtocolRange): boolean {
  return commonProtocol(AGENT_PROTOCOL_RANGE, spoken) !== null;
}

/** The version that is spoken with an agent. @throws {AppError} `agent/unsupported-version` where there is none in common */
export function agreedVersion(spoken: ProtocolRange): number {
  const version = commonProtocol(AGENT_PROTOCOL_RANGE, spoken);
  if (version !== null) return version;
  const older = spoken.max < AGENT_PROTOCOL_RANGE.min ? 'agent' : 'server';
  const detail = `The agent speaks ${named(spoken)}. Update the ${older}.`;
  throw new AppError(
    'invalid',
    'agent/unsupported-version',
    `This server speaks ${named(AGENT_PROTOCOL_RANGE)} of the agent protocol.`,
    { detail },
  );
}

function named({ min, max }: ProtocolRange): string {
  return min === max ? `version ${min}` : `versions ${min} to ${max}`;
}
