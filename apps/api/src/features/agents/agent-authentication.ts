import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  AGENT_PROTOCOL_VERSION,
  agentHandshakeSchema,
  type Prove,
  type agentRefusalSchema,
} from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import type { z } from 'zod';
import { tokenHash } from '../../platform/auth/token';
import { AppError } from '../../platform/errors/app-error';
import { certifiedKeyOf, isOverAgentTls, AgentTlsOptions } from '../../platform/realtime/agent-tls';
import { DeviceKeys } from '../devices/device-keys';
import { unproved } from '../devices/devices.errors';
import { fingerprintOf } from '../devices/signatures';
import { DoorsRepository } from '../doors/doors.repository';
import { AgentAdmission } from './agent-admission';
import type { AgentSocket } from './agent-socket';

type Refusal = z.infer<typeof agentRefusalSchema>;
type AgentHandshake = z.infer<typeof agentHandshakeSchema>;

/** Who has not proved a key by then is no device of ours. */
const PROOF_TIMEOUT_MS = 10_000;

/**
 * Lets an agent connect only with a key that is good, or with its door's token where the door was never paired: decided
 * before the connection exists, so before any message. A key is only named then; until it is proved over the
 * connection's own challenge, no other message is taken.
 */
@Injectable()
export class AgentAuthentication {
  constructor(
    private readonly doors: DoorsRepository,
    private readonly keys: DeviceKeys,
    private readonly tls: AgentTlsOptions,
    private readonly admission: AgentAdmission,
    private readonly logger: PinoLogger,
  ) {}

  /** Middleware of the namespace. */
  readonly middleware = (socket: AgentSocket, next: (error?: Error) => void): void => {
    void this.authenticate(socket).then(({ refusal, retryAfterMs }) =>
      refusal === null ? next() : next(Object.assign(new Error(refusal), { data: { retryAfterMs } })),
    );
  };

  /** Challenges a connection that named a key, and ends it when nothing is proved in time. */
  challenge(socket: AgentSocket): void {
    const { challenge } = socket.data;
    if (!challenge) return;
    socket.emit('challenge', { v: AGENT_PROTOCOL_VERSION, ...challenge });
    const late = setTimeout(() => socket.disconnect(true), PROOF_TIMEOUT_MS);
    late.unref();
    socket.once('disconnect', () => clearTimeout(late));
    socket.data.proofTimer = late;
  }

  /**
   * Makes a connection its door's, once, for a proof over its challenge. Whoever fails has the connection ended.
   *
   * @throws {AppError} `agent/unauthenticated`
   */
  async prove(socket: AgentSocket, proof: Prove): Promise<string> {
    const { challenge, fingerprint } = socket.data;
    // Taken back first: a second proof over it is a replay.
    socket.data.challenge = undefined;
    try {
      if (!challenge || fingerprint === undefined) throw unproved();
      const { doorId } = await this.keys.check(fingerprint, challenge, proof);
      socket.data.doorId = doorId;
      clearTimeout(socket.data.proofTimer);
      return doorId;
    } catch (error) {
      this.logger.warn(
        { address: socket.handshake.address, fingerprint },
        'agent that proved no key refused',
      );
      setImmediate(() => socket.disconnect(true));
      throw error;
    }
  }

  /** Whether what a connection was let in with still lets somebody in. */
  async isStillGood(socket: AgentSocket): Promise<boolean> {
    const { doorId, fingerprint, tokenDigest } = socket.data;
    if (fingerprint !== undefined) return (await this.keys.doorOf(fingerprint)) === doorId;
    if (tokenDigest === undefined) return false;
    const door = await this.doors.findByTokenHash(tokenDigest);
    return door !== null && door.id === doorId && door.pairedAt === null;
  }

  private async authenticate(
    socket: AgentSocket,
  ): Promise<{ refusal: Refusal | null; retryAfterMs?: number }> {
    const handshake = agentHandshakeSchema.safeParse(socket.handshake.auth);
    if (!handshake.success) return { refusal: 'agent/unauthenticated' };
    try {
      return { refusal: await this.admission.run('newcomer', () => this.admit(socket, handshake.data)) };
    } catch (error) {
      if (error instanceof AppError && error.retryAfterSeconds !== undefined)
        return { refusal: 'agent/unavailable', retryAfterMs: error.retryAfterSeconds * 1000 };
      this.logger.warn({ err: error }, 'agent could not be authenticated');
      return { refusal: 'agent/unavailable' };
    }
  }

  private async admit(socket: AgentSocket, handshake: AgentHandshake): Promise<Refusal | null> {
    const refusal =
      this.refusalOfLink(socket, handshake) ??
      ('fingerprint' in handshake
        ? await this.expectProof(socket, handshake.fingerprint)
        : await this.takeToken(socket, handshake.token));
    if (refusal !== null) {
      this.logger.warn({ address: socket.handshake.address, refusal }, 'agent refused');
      return refusal;
    }
    socket.data.pushed = false;
    socket.data.pushing = 0;
    socket.data.emptyThrough = 0;
    socket.data.capabilities = [];
    socket.data.recording = Promise.resolve();
    return null;
  }

  /** What the link itself lacks: a certificate of the key that is named, or the listener for agents at all. */
  private refusalOfLink({ request }: AgentSocket, handshake: AgentHandshake): Refusal | null {
    if (!isOverAgentTls(request)) return this.tls.required ? 'agent/tls-required' : null;
    const key = certifiedKeyOf(request);
    const isOfKey =
      key !== null && 'fingerprint' in handshake && fingerprintOf(key) === handshake.fingerprint;
    return isOfKey ? null : 'agent/wrong-certificate';
  }

  private async expectProof(socket: AgentSocket, fingerprint: string): Promise<Refusal | null> {
    if ((await this.keys.doorOf(fingerprint)) === null) return 'agent/unauthenticated';
    const nonce = randomBytes(32).toString('base64url');
    socket.data.fingerprint = fingerprint;
    socket.data.challenge = { nonce, serverId: await this.keys.serverId() };
    return null;
  }

  private async takeToken(socket: AgentSocket, token: string): Promise<Refusal | null> {
    const tokenDigest = tokenHash(token);
    const door = await this.doors.findByTokenHash(tokenDigest);
    if (!door) return 'agent/unauthenticated';
    if (door.pairedAt !== null) return 'agent/paired';
    socket.data.tokenDigest = tokenDigest;
    socket.data.doorId = door.id;
    return null;
  }
}
