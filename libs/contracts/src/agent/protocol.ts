import { z } from 'zod';
import { fingerprintSchema } from '../primitives/device-key';

/** The version of the agent protocol that this code speaks. */
export const AGENT_PROTOCOL_VERSION = 1;

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
 * and its token is worth nothing since.
 */
export const agentRefusalSchema = z.enum(['agent/unauthenticated', 'agent/paired', 'agent/unavailable']);
