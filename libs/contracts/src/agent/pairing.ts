import * as z from 'zod';
import { answerSchema } from '../errors/problem';
import {
  deviceKeySchema,
  deviceSignatureSchema,
  fingerprintSchema,
  pairingCodeSchema,
} from '../primitives/device-key';
import { doorIdSchema } from '../primitives/ids';
import { instantSchema, placeNameSchema } from '../primitives/scalars';
import { AGENT_PROTOCOL_VERSION, versionSchema } from './protocol';

/** 32 random bytes, base64url. */
const nonceSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The host name in the address that the agent reaches the server by, lower case, without the port. */
const serverNameSchema = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[^\s\p{Cc}A-Z]+$/u, 'must be a host name in lower case');

/** Answers `POST /api/doors/{id}/pairing-code`: typed at the door's computer, once, until it expires. */
export const doorPairingCodeSchema = z.object({ code: pairingCodeSchema, expiresAt: instantSchema });

/** `POST /api/doors/{id}/revoke-device`: the device never gets in again; why is for the account. */
export const revokeDeviceRequestSchema = z.object({ reason: z.string().trim().min(1).max(500).optional() });

/**
 * `POST /api/agents/pair`, sent by a device that has no key at this server yet. `signature` is of {@link pairingText},
 * by the key that it brings: whoever pairs a key has it.
 */
export const pairRequestSchema = z.object({
  code: pairingCodeSchema,
  publicKey: deviceKeySchema,
  serverName: serverNameSchema,
  agentVersion: z.string().min(1).max(64),
  signature: deviceSignatureSchema,
});

/** What the device keeps beside its key: the door that it is, and the server that it belongs to. */
export const pairAnswerSchema = z.object({
  doorId: doorIdSchema,
  doorName: placeNameSchema,
  serverId: z.uuid(),
  fingerprint: fingerprintSchema,
});

/** `challenge`, server to agent: the first message of every connection that is to be proved by a key. No answer. */
export const challengeSchema = z.object({ v: versionSchema, nonce: nonceSchema, serverId: z.uuid() });

/** `prove`, agent to server: the answer to a challenge. `signature` is of {@link proofText}; a challenge serves once. */
export const proveSchema = z.object({
  v: versionSchema,
  serverName: serverNameSchema,
  signature: deviceSignatureSchema,
});

/** From here on the connection is the door's, and hello may follow. */
export const proveAnswerSchema = answerSchema({ doorId: doorIdSchema });

/** `keys.renew`, server to agent: make a new key and send it as `keys.rotate`. No answer. */
export const keysRenewSchema = z.object({ v: versionSchema });

/**
 * `keys.rotate`, agent to server: a new key. Both are signatures of {@link rotationText}, by the key of this connection
 * and by the new one. Both keys are good until a connection is proved by the new one; then the old one never is again.
 */
export const keysRotateSchema = z.object({
  v: versionSchema,
  publicKey: deviceKeySchema,
  signature: deviceSignatureSchema,
  newKeySignature: deviceSignatureSchema,
});

/** Sent after the commit; the agent connects again with the new key. The same key sent again is answered alike. */
export const keysRotateAnswerSchema = answerSchema({ fingerprint: fingerprintSchema });

/** What a device signs to pair. @param code as it was meant: lower case, without hyphens */
export function pairingText(parts: { serverName: string; code: string; publicKey: string }): string {
  return signed('pair', [parts.serverName, parts.code, parts.publicKey]);
}

/** What a device signs to prove its key: worth nothing at another server, for another door, or a second time. */
export function proofText(parts: {
  serverId: string;
  serverName: string;
  doorId: string;
  nonce: string;
}): string {
  return signed('prove', [parts.serverId, parts.serverName, parts.doorId, parts.nonce]);
}

/** What a device signs with its old key, and with its new one, to change the one for the other. */
export function rotationText(parts: { serverId: string; doorId: string; publicKey: string }): string {
  return signed('rotate', [parts.serverId, parts.doorId, parts.publicKey]);
}

/** What a device signs to vouch for its events up to one. */
export function checkpointText(parts: {
  serverId: string;
  doorId: string;
  epoch: string;
  sequence: number;
  hash: string;
  at: string;
}): string {
  const { serverId, doorId, epoch, sequence, hash, at } = parts;
  return signed('checkpoint', [serverId, doorId, epoch, String(sequence), hash, at]);
}

/** No part holds a line break, so no two lists make the same text. */
function signed(purpose: string, parts: readonly string[]): string {
  return [`munjigi-agent/${AGENT_PROTOCOL_VERSION}`, purpose, ...parts].join('\n');
}

export type DoorPairingCode = z.infer<typeof doorPairingCodeSchema>;
export type PairRequest = z.infer<typeof pairRequestSchema>;
export type PairAnswer = z.infer<typeof pairAnswerSchema>;
export type Challenge = z.infer<typeof challengeSchema>;
export type Prove = z.infer<typeof proveSchema>;
export type KeysRenew = z.infer<typeof keysRenewSchema>;
export type KeysRotate = z.infer<typeof keysRotateSchema>;
