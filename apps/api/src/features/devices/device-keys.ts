import { Injectable } from '@nestjs/common';
import { proofText, rotationText, type Challenge, type KeysRotate, type Prove } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { Actor } from '../../platform/audit/actor';
import { Audit } from '../../platform/audit/audit';
import { AuthOptions } from '../../platform/auth/auth-options';
import type { SignedIn } from '../../platform/auth/session-store';
import { afterCommit } from '../../platform/database/after-commit';
import { LiveBus } from '../../platform/realtime/live-bus';
import { AgentTokens } from '../doors/agent-tokens';
import type { Door } from '../doors/door.entity';
import { DoorsRepository } from '../doors/doors.repository';
import type { DeviceKey } from './device-key.entity';
import { knownKey, notPaired, unproved, wrongSignature } from './devices.errors';
import { DevicesRepository } from './devices.repository';
import { fingerprintOf, isSignedBy } from './signatures';

/** The keys that doors' devices prove themselves by: checked, changed and taken. */
@Injectable()
export class DeviceKeys {
  constructor(
    private readonly dataSource: DataSource,
    private readonly devices: DevicesRepository,
    private readonly doors: DoorsRepository,
    private readonly tokens: AgentTokens,
    private readonly audit: Audit,
    private readonly auth: AuthOptions,
    private readonly bus: LiveBus,
  ) {}

  /** The door of a key that lets somebody in, or null. */
  async doorOf(fingerprint: string): Promise<string | null> {
    return (await this.devices.liveKey(fingerprint))?.doorId ?? null;
  }

  /** What this deployment is told apart by. */
  serverId(): Promise<string> {
    return this.devices.serverId();
  }

  /** Every public key that a door's device has or had, 32 bytes each, by fingerprint: what they signed stays signed. */
  publicKeysOf(doorId: string): Promise<ReadonlyMap<string, Buffer>> {
    return this.devices.publicKeysOf(doorId);
  }

  /**
   * Lets through whoever signed the challenge by the key, for this server under a name that the device was paired under
   * or that is configured. The first proof by an announced key ends the one before it.
   *
   * @throws {AppError} `agent/unauthenticated`
   */
  async check(
    fingerprint: string,
    { nonce, serverId }: Pick<Challenge, 'nonce' | 'serverId'>,
    proof: Pick<Prove, 'serverName' | 'signature'>,
  ): Promise<{ doorId: string }> {
    const key = await this.devices.liveKey(fingerprint);
    if (!key || !this.isOurName(key, proof.serverName)) throw unproved();
    const { doorId } = key;
    const text = proofText({ serverId, serverName: proof.serverName, doorId, nonce });
    if (!isSignedBy(key.publicKey, text, proof.signature)) throw unproved();
    if (key.state === 'next') await this.promote(key);
    return { doorId };
  }

  /**
   * Takes a new key from a device that proved the one that it has. Both are good until the new one is used.
   *
   * @throws {AppError} `pairing/wrong-signature`, `pairing/known-key`, `agent/unauthenticated`
   */
  async announce(fingerprint: string, request: KeysRotate, address: string | null): Promise<string> {
    const publicKey = Buffer.from(request.publicKey, 'base64url');
    const next = fingerprintOf(publicKey);
    const serverId = await this.devices.serverId();
    await this.dataSource.transaction(async (manager) => {
      const door = await this.lockDoorOf(manager, fingerprint);
      const key = await this.devices.liveKey(fingerprint, manager);
      if (key?.state !== 'current') throw unproved();
      const text = rotationText({ serverId, doorId: door.id, publicKey: request.publicKey });
      const isSigned =
        isSignedBy(key.publicKey, text, request.signature) &&
        isSignedBy(publicKey, text, request.newKeySignature);
      if (!isSigned) throw wrongSignature();
      const announced = await this.devices.keyOf(manager, door.id, 'next');
      if (announced?.fingerprint === next) return;
      if (await this.devices.isKnown(manager, next)) throw knownKey();
      await this.devices.endKeys(manager, door.id, { from: ['next'], to: 'replaced' });
      const { serverName } = key;
      await this.devices.addKey(manager, {
        ...{ fingerprint: next, doorId: door.id, publicKey, serverName },
        state: 'next',
      });
      await this.audit.record(manager, {
        by: deviceActor(door, address),
        action: 'door/key-announced',
        subjectId: door.id,
        siteId: door.siteId,
        details: { fingerprint, next },
      });
    });
    return next;
  }

  /**
   * Takes a door's device its keys for good, and closes its connection, at whatever process.
   *
   * @throws {AppError} `doors/not-found`, `auth/forbidden`, `doors/not-paired`
   */
  async revoke(doorId: string, reason: string | undefined, by: SignedIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const door = await this.doors.lock(manager, doorId);
      by.access.require('doors:write', door.siteId);
      const ended = await this.devices.endKeys(manager, doorId, { from: ['current', 'next'], to: 'revoked' });
      if (ended.length === 0) throw notPaired();
      await this.audit.record(manager, {
        by,
        action: 'door/device-revoked',
        subjectId: doorId,
        siteId: door.siteId,
        reason,
        details: { fingerprints: ended },
      });
      afterCommit(manager, () => {
        this.tokens.replaced(doorId);
        this.bus.send('door', { doorId });
      });
    });
  }

  private async promote({ fingerprint, doorId }: DeviceKey): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const door = await this.doors.lock(manager, doorId);
      const key = await this.devices.liveKey(fingerprint, manager);
      if (!key) throw unproved();
      // Another connection by the new key was quicker.
      if (key.state === 'current') return;
      const replaced = await this.devices.endKeys(manager, doorId, { from: ['current'], to: 'replaced' });
      await this.devices.promote(manager, fingerprint);
      await this.audit.record(manager, {
        by: deviceActor(door, null),
        action: 'door/key-rotated',
        subjectId: doorId,
        siteId: door.siteId,
        before: { fingerprint: replaced[0] },
        after: { fingerprint },
      });
      afterCommit(manager, () => this.bus.send('door', { doorId }));
    });
  }

  private async lockDoorOf(manager: EntityManager, fingerprint: string): Promise<Door> {
    const key = await this.devices.liveKey(fingerprint, manager);
    if (!key) throw unproved();
    return this.doors.lock(manager, key.doorId);
  }

  private isOurName(key: DeviceKey, name: string): boolean {
    const configured = this.auth.publicUrl === undefined ? null : URL.parse(this.auth.publicUrl);
    return name === key.serverName || name === configured?.hostname;
  }
}

function deviceActor(door: Door, address: string | null): Actor {
  return { actorKind: 'device', actorId: door.id, actorName: door.name, address };
}
