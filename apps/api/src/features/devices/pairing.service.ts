import { Injectable } from '@nestjs/common';
import { hashRaw } from '@node-rs/argon2';
import { pairingText, type DoorPairingCode, type PairAnswer, type PairRequest } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit } from '../../platform/audit/audit';
import { randomCode, readableCode } from '../../platform/auth/random-code';
import type { SignedIn } from '../../platform/auth/session-store';
import { SignInThrottle } from '../../platform/auth/sign-in-throttle';
import { afterCommit } from '../../platform/database/after-commit';
import { newId } from '../../platform/database/uuid';
import { LiveBus } from '../../platform/realtime/live-bus';
import { AgentTokens } from '../doors/agent-tokens';
import type { Door } from '../doors/door.entity';
import { DoorsRepository } from '../doors/doors.repository';
import { knownKey, tooManyCodes, wrongCode, wrongSignature } from './devices.errors';
import { DevicesRepository } from './devices.repository';
import type { PairingCode } from './pairing-code.entity';
import { fingerprintOf, isSignedBy } from './signatures';

/** How long a code is good. */
const CODE_LIFE_MS = 15 * 60_000;
/** How many codes one door may have in an hour. */
const CODES_PER_HOUR_MAX = 10;
const HOUR_MS = 3_600_000;

/** Pairs doors with devices: a key that was made on the device is pinned to the door that a one-time code is of. */
@Injectable()
export class PairingService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly devices: DevicesRepository,
    private readonly doors: DoorsRepository,
    private readonly throttle: SignInThrottle,
    private readonly tokens: AgentTokens,
    private readonly audit: Audit,
    private readonly bus: LiveBus,
  ) {}

  /**
   * Makes a code for a door; the one before it ends. The code is kept nowhere.
   *
   * @throws {AppError} `doors/not-found`, `auth/forbidden`, `pairing/too-many-codes`
   */
  async makeCode(doorId: string, by: SignedIn): Promise<DoorPairingCode> {
    const code = randomCode(2, 4);
    const codeHash = await this.hashOf(code);
    return this.dataSource.transaction(async (manager) => {
      const door = await this.doors.lock(manager, doorId);
      by.access.require('doors:write', door.siteId);
      const createdAt = new Date();
      const hourAgo = new Date(createdAt.getTime() - HOUR_MS);
      const recent = await this.devices.codesSince(manager, doorId, hourAgo);
      if (recent.length >= CODES_PER_HOUR_MAX && recent[0]) {
        throw tooManyCodes(Math.ceil((recent[0].getTime() - hourAgo.getTime()) / 1000));
      }
      const expiresAt = new Date(createdAt.getTime() + CODE_LIFE_MS);
      await this.devices.addCode(manager, { id: newId(), doorId, codeHash, createdAt, expiresAt }, hourAgo);
      await this.audit.record(manager, {
        by,
        action: 'door/pairing-code-made',
        subjectId: doorId,
        siteId: door.siteId,
      });
      return { code, expiresAt: expiresAt.toISOString() };
    });
  }

  /**
   * Pins the key that a device brings to the door of its code; an older key of that door never works again. Asked again
   * with the same code and key it answers the same: a device may not have heard the first answer.
   *
   * @throws {AppError} `pairing/wrong-code`, `pairing/wrong-signature`, `pairing/known-key`, `auth/too-many-attempts`
   */
  async pair(request: PairRequest, address: string | null): Promise<PairAnswer> {
    const attempt = await this.throttle.begin({ email: `pairing ${address}`, address, browserId: null });
    const code = readableCode(request.code);
    const publicKey = Buffer.from(request.publicKey, 'base64url');
    const { serverName, signature } = request;
    const text = pairingText({ serverName, code, publicKey: request.publicKey });
    if (!isSignedBy(publicKey, text, signature)) throw wrongSignature();
    const codeHash = await this.hashOf(code);
    const found = await this.devices.goodCode(codeHash);
    if (!found) throw wrongCode();
    const answer = await this.dataSource.transaction(async (manager) => {
      const door = await this.doors.lock(manager, found.doorId);
      // What was good a moment ago may have been used or replaced while the door was not ours.
      const good = await this.devices.goodCode(codeHash, manager);
      if (!good) throw wrongCode();
      const fingerprint = fingerprintOf(publicKey);
      await this.pin(manager, { door, code: good, publicKey, fingerprint }, { ...request, address });
      return { doorId: door.id, doorName: door.name, fingerprint };
    });
    await attempt.succeed();
    return { ...answer, serverId: await this.devices.serverId() } as PairAnswer;
  }

  private async pin(
    manager: EntityManager,
    { door, code, publicKey, fingerprint }: Pinned,
    {
      serverName,
      agentVersion,
      address,
    }: Pick<PairRequest, 'serverName' | 'agentVersion'> & {
      address: string | null;
    },
  ): Promise<void> {
    if (code.usedBy !== null) {
      // Its device asks again; anybody else has a code that is spent.
      if (code.usedBy === fingerprint && (await this.devices.liveKey(fingerprint, manager))) return;
      throw wrongCode();
    }
    if (await this.devices.isKnown(manager, fingerprint)) throw knownKey();
    const ended = await this.devices.endKeys(manager, door.id, { from: ['current', 'next'], to: 'replaced' });
    await this.devices.addKey(manager, {
      fingerprint,
      doorId: door.id,
      publicKey,
      serverName,
      state: 'current',
    });
    await this.devices.useCode(manager, code.id, fingerprint);
    await this.devices.notePaired(manager, door.id, new Date());
    await this.audit.record(manager, {
      by: { actorKind: 'device', actorId: door.id, actorName: door.name, address },
      action: 'door/device-paired',
      subjectId: door.id,
      siteId: door.siteId,
      before: { fingerprints: ended },
      after: { fingerprint, serverName, agentVersion },
    });
    afterCommit(manager, () => {
      this.tokens.replaced(door.id);
      this.bus.send('door', { doorId: door.id });
    });
  }

  /** Slow, so that forty bits hold for a quarter of an hour; salted by the deployment, so that a code can be found. */
  private async hashOf(code: string): Promise<Buffer> {
    const salt = Buffer.from((await this.devices.serverId()).replaceAll('-', ''), 'hex');
    return hashRaw(readableCode(code), { memoryCost: 19_456, timeCost: 2, parallelism: 1, salt });
  }
}

/** What is pinned to what. */
interface Pinned {
  readonly door: Door;
  readonly code: PairingCode;
  readonly publicKey: Buffer;
  readonly fingerprint: string;
}
