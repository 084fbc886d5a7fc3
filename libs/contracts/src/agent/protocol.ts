import { z } from 'zod';

/** The version of the agent protocol that this code speaks. */
export const AGENT_PROTOCOL_VERSION = 1;

/** Every message of the agent protocol carries the version it was written in. */
export const versionSchema = z.literal(AGENT_PROTOCOL_VERSION);

/** socket.io namespace that agents connect to. */
export const AGENT_NAMESPACE = '/agent';

/** `auth` of the socket.io handshake. It is checked before the connection exists, so no message comes before it. */
export const agentHandshakeSchema = z.object({ token: z.string().min(1).max(256) });

/** Why a handshake was refused: the `message` of socket.io's `connect_error`. */
export const agentRefusalSchema = z.enum(['agent/unauthenticated', 'agent/unavailable']);
