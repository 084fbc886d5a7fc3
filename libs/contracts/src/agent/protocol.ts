import * as z from 'zod';
import { fingerprintSchema } from '../primitives/device-key';

/** The version of the agent protocol that this code speaks. */
export const AGENT_PROTOCOL_VERSION = 1;

/** Versions of the agent protocol, both ends included. */
export const protocolRangeSchema = z
  .object({ min: z.int().min(1).max(999), max: z.int().min(1).max(999) })
  .refine(({ min, max }) => min <= max, 'must not end before it begins');

/** The versions that this code speaks. */
export const AGENT_PROTOCOL_RANGE: ProtocolRange = {
  min: AGENT_PROTOCOL_VERSION,
  max: AGENT_PROTOCOL_VERSION,
};

/** The newest version that both speak; null: there is none. */
export function commonProtocol(one: ProtocolRange, other: ProtocolRange): number | null {
  const newest = Math.min(one.max, other.max);
  return newest >= Math.max(one.min, other.min) ? newest : null;
}

/** Every message of the agent protocol carries the version it was written in. */
export const versionSchema = z.literal(AGENT_PROTOCOL_VERSION);

/** socket.io namespace that agents connect to. */
export const AGENT_NAMESPACE = '/agent';

/**
 * `auth` of the socket.io handshake, checked before the connection exists: the key that is going to be proved, by its
 * fingerprint, or the token of a door that was never paired. A door that was paired once is let in by a key alone.
 */
export const agentHandshakeSchema = z.union([
  z.object({ fingerprint: fingerprintSchema }),
  z.object({ token: z.string().min(1).max(256) }),
]);

/**
 * Why a handshake was refused: the `message` of socket.io's `connect_error`. `agent/paired`: the door has been paired,
 * and its token is worth nothing since. `agent/tls-required`: agents are let in at the listener with certificates
 * alone. `agent/wrong-certificate`: at that listener there was none, one that is not valid now, or one of another key
 * than the handshake names.
 */
export const agentRefusalSchema = z.enum([
  'agent/unauthenticated',
  'agent/paired',
  'agent/tls-required',
  'agent/wrong-certificate',
  'agent/unavailable',
]);

export type ProtocolRange = z.infer<typeof protocolRangeSchema>;
