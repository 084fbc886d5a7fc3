import {
  AGENT_PROTOCOL_VERSION,
  challengeSchema,
  keysRotateAnswerSchema,
  proofText,
  proveAnswerSchema,
  rotationText,
  type Challenge,
  type KeysRotate,
  type Prove,
} from '@munjigi/contracts';
import type { Socket } from 'socket.io-client';
import { AgentError } from '../domain/agent-error';
import type { Identity, OwnKey, PairedDoor } from '../ports/identity';
import { reader, type Exchange } from './exchange';

/** The first challenge of a connection that is about to be made; listen before it is. */
export function challengeOf(socket: Socket, timeoutMs: number): { wait(): Promise<Challenge> } {
  let take: (challenge: unknown) => void = () => undefined;
  const first = new Promise<unknown>((resolve) => (take = resolve));
  socket.once('challenge', take);
  return {
    async wait() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), timeoutMs)));
      const gone = new Promise<null>((resolve) => socket.once('disconnect', () => resolve(null)));
      const parsed = challengeSchema.safeParse(await Promise.race([first, late, gone]));
      clearTimeout(timer);
      if (parsed.success) return parsed.data;
      throw new AgentError('uplink/no-challenge', 'The server did not ask for a proof of the key.');
    },
  };
}

/**
 * Proves a key over the connection's challenge.
 *
 * @throws {AgentError} `uplink/other-server` when it is not the server that this device was paired with: nothing is
 *   signed for it then; or as `Exchange.ask`
 */
export async function proveKey(
  exchange: Exchange,
  key: OwnKey,
  { challenge, door, serverName }: { challenge: Challenge; door: PairedDoor; serverName: string },
): Promise<void> {
  const { nonce, serverId } = challenge;
  if (serverId !== door.serverId) {
    throw new AgentError('uplink/other-server', 'This is not the server that this computer was paired with.');
  }
  const signature = key.sign(proofText({ serverId, serverName, doorId: door.doorId, nonce }));
  const proof: Prove = { v: AGENT_PROTOCOL_VERSION, serverName, signature };
  await exchange.ask('prove', proof, reader(proveAnswerSchema));
}

/**
 * Announces a new key, made now or by an attempt that was cut off, over a connection that the present key has proved.
 * The next connection is to be proved by it.
 *
 * @throws {AgentError} as `Exchange.ask`; the key that the server refused for good is given up
 */
export async function announceNext(exchange: Exchange, identity: Identity, present: OwnKey): Promise<void> {
  const { door } = identity;
  if (door === null) return;
  const next = identity.makeNext();
  const text = rotationText({ ...door, publicKey: next.publicKey });
  const rotation: KeysRotate = {
    v: AGENT_PROTOCOL_VERSION,
    publicKey: next.publicKey,
    signature: present.sign(text),
    newKeySignature: next.sign(text),
  };
  try {
    await exchange.ask('keys.rotate', rotation, reader(keysRotateAnswerSchema));
  } catch (error) {
    if (error instanceof AgentError && error.code === 'pairing/known-key') identity.dropNext();
    throw error;
  }
}
