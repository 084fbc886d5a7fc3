import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, MoreThan, type EntityManager } from 'typeorm';
import { Deployment } from '../../platform/crypto/deployment.entity';
import { Door } from '../doors/door.entity';
import { DeviceKey, type DeviceKeyState } from './device-key.entity';
import { PairingCode } from './pairing-code.entity';

/** The only place that reads and writes the keys of devices and the codes that they pair with. */
@Injectable()
export class DevicesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** What this deployment is told apart by; the same for ever. */
  async serverId(): Promise<string> {
    const { serverId } = await this.dataSource.getRepository(Deployment).findOneByOrFail({ id: 1 });
    return serverId;
  }

  /** The key that lets somebody in, or null. */
  async liveKey(
    fingerprint: string,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<DeviceKey | null> {
    return manager.findOneBy(DeviceKey, { fingerprint, state: In(['current', 'next']) });
  }

  /** Every public key that a door has or had, by fingerprint. */
  async publicKeysOf(doorId: string): Promise<ReadonlyMap<string, Buffer>> {
    const keys = await this.dataSource.getRepository(DeviceKey).findBy({ doorId });
    return new Map(keys.map(({ fingerprint, publicKey }) => [fingerprint, publicKey]));
  }

  /** The door's key in that state, or null. */
  async keyOf(manager: EntityManager, doorId: string, state: 'current' | 'next'): Promise<DeviceKey | null> {
    return manager.findOneBy(DeviceKey, { doorId, state });
  }

  /** Whether a key was ever somebody's. */
  async isKnown(manager: EntityManager, fingerprint: string): Promise<boolean> {
    return manager.existsBy(DeviceKey, { fingerprint });
  }

  async addKey(
    manager: EntityManager,
    key: Pick<DeviceKey, 'fingerprint' | 'doorId' | 'publicKey' | 'serverName' | 'state'>,
  ): Promise<void> {
    await manager.insert(DeviceKey, { ...key, createdAt: new Date(), endedAt: null });
  }

  /** Ends the keys of a door that are in one of these states. @returns the fingerprints of those that ended */
  async endKeys(
    manager: EntityManager,
    doorId: string,
    { from, to }: { from: readonly DeviceKeyState[]; to: 'replaced' | 'revoked' },
  ): Promise<string[]> {
    const keys = await manager.findBy(DeviceKey, { doorId, state: In([...from]) });
    const fingerprints = keys.map(({ fingerprint }) => fingerprint);
    await manager.update(DeviceKey, { fingerprint: In(fingerprints) }, { state: to, endedAt: new Date() });
    return fingerprints;
  }

  /** Makes the announced key the current one. */
  async promote(manager: EntityManager, fingerprint: string): Promise<void> {
    await manager.update(DeviceKey, { fingerprint, state: 'next' }, { state: 'current' });
  }

  /** From now on the door is let in by a key, and never again by a token. */
  async notePaired(manager: EntityManager, doorId: string, at: Date): Promise<void> {
    await manager.update(Door, { id: doorId }, { pairedAt: at, updatedAt: at });
  }

  /** When the door's codes since an instant were made, oldest first. */
  async codesSince(manager: EntityManager, doorId: string, since: Date): Promise<Date[]> {
    const codes = await manager.find(PairingCode, {
      where: { doorId, createdAt: MoreThan(since) },
      order: { createdAt: 'ASC' },
    });
    return codes.map(({ createdAt }) => createdAt);
  }

  /** Adds a code, ends those of the door that were good, and forgets those from before an instant. */
  async addCode(
    manager: EntityManager,
    code: Pick<PairingCode, 'id' | 'doorId' | 'codeHash' | 'createdAt' | 'expiresAt'>,
    forgetBefore: Date,
  ): Promise<void> {
    const { doorId, createdAt } = code;
    await manager.query('DELETE FROM pairing_code WHERE door_id = $1 AND created_at < $2', [
      doorId,
      forgetBefore,
    ]);
    await manager.update(
      PairingCode,
      { doorId, expiresAt: MoreThan(createdAt), usedBy: IsNull() },
      { expiresAt: createdAt },
    );
    await manager.insert(PairingCode, { ...code, usedBy: null });
  }

  /** The code with this hash that has not expired, used or not. */
  async goodCode(
    codeHash: Buffer,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<PairingCode | null> {
    return manager.findOneBy(PairingCode, { codeHash, expiresAt: MoreThan(new Date()) });
  }

  async useCode(manager: EntityManager, id: string, fingerprint: string): Promise<void> {
    await manager.update(PairingCode, { id }, { usedBy: fingerprint });
  }
}
