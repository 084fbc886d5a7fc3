import { Injectable } from '@nestjs/common';
import type { DoorState, ProtocolRange } from '@munjigi/contracts';
import { DataSource, In, type EntityManager } from 'typeorm';
import type { Reach } from '../../platform/auth/access';
import { Cluster } from '../../platform/cluster/cluster';
import { AppError } from '../../platform/errors/app-error';
import { Door } from './door.entity';
import { Site } from './site.entity';

/** A door and where it is. */
export interface DoorRecord {
  readonly door: Door;
  readonly site: Site;
  /** Whether the door's agent is connected now. */
  readonly online: boolean;
  readonly device: DeviceFacts;
}

/** What is known of a door's device beside what the door itself says. */
export interface DeviceFacts {
  /** Of the key that it proves itself by; null when it has none. */
  readonly fingerprint: string | null;
  readonly appliedRevision: number | null;
  readonly comparedAt: Date | null;
  readonly agrees: boolean | null;
}

const NO_DEVICE: DeviceFacts = { fingerprint: null, appliedRevision: null, comparedAt: null, agrees: null };

/** The only place that reads and writes doors. */
@Injectable()
export class DoorsRepository {
  constructor(
    private readonly dataSource: DataSource,
    private readonly cluster: Cluster,
  ) {}

  /** The doors within reach, in the order in which they were made. */
  async list(reach: Reach): Promise<DoorRecord[]> {
    const doors = await this.dataSource.getRepository(Door).find({
      where: reach === 'everywhere' ? {} : { siteId: In([...reach]) },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    const sites = new Map((await this.dataSource.getRepository(Site).find()).map((site) => [site.id, site]));
    const nodes = await this.cluster.liveNodeIds();
    const devices = await this.devicesOf(doors);
    return doors.flatMap((door) => {
      const site = sites.get(door.siteId);
      const device = devices.get(door.id) ?? NO_DEVICE;
      return site ? [{ door, site, online: isOnline(door, nodes), device }] : [];
    });
  }

  /** The sites of those of the doors that exist, each once. */
  async sitesOf(ids: readonly string[]): Promise<string[]> {
    const doors = await this.dataSource
      .getRepository(Door)
      .find({ where: { id: In([...ids]) }, select: { id: true, siteId: true } });
    return [...new Set(doors.map((door) => door.siteId))];
  }

  /** Names of those of the doors that exist. */
  async namesOf(ids: readonly string[]): Promise<{ id: string; name: string }[]> {
    const doors = await this.dataSource
      .getRepository(Door)
      .find({ where: { id: In([...ids]) }, select: { id: true, name: true } });
    return doors.map(({ id, name }) => ({ id, name }));
  }

  /** @throws {AppError} `doors/not-found` */
  async get(id: string, manager: EntityManager = this.dataSource.manager): Promise<DoorRecord> {
    const door = await manager.findOneBy(Door, { id });
    if (!door) throw doorNotFound();
    const site = await manager.findOneByOrFail(Site, { id: door.siteId });
    const device = (await this.devicesOf([door], manager)).get(id) ?? NO_DEVICE;
    return { door, site, online: isOnline(door, await this.cluster.liveNodeIds(manager)), device };
  }

  /** Keeps a door from being changed by others until the transaction ends. @throws {AppError} `doors/not-found` */
  async lock(manager: EntityManager, id: string): Promise<Door> {
    const door = await manager.findOne(Door, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!door) throw doorNotFound();
    return door;
  }

  /** The door whose agent has this token, or null. */
  async findByTokenHash(hash: Buffer): Promise<Door | null> {
    return this.dataSource.getRepository(Door).findOneBy({ agentTokenHash: hash });
  }

  /** The site that new doors belong to. */
  async defaultSite(manager: EntityManager): Promise<Site> {
    return manager.findOneOrFail(Site, { where: {}, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** Notes what an agent says of itself. */
  async noteAgent(
    id: string,
    agent: { version: string; protocol: number; clockOffsetMs: number },
  ): Promise<void> {
    const { version: agentVersion, protocol: agentProtocol, clockOffsetMs } = agent;
    await this.dataSource
      .getRepository(Door)
      .update({ id }, { agentVersion, agentProtocol, clockOffsetMs, refusedProtocol: null });
  }

  /** Notes that an agent was refused for the versions of the protocol that it speaks. */
  async noteRefusedProtocol(id: string, refusedProtocol: ProtocolRange): Promise<void> {
    await this.dataSource.getRepository(Door).update({ id }, { refusedProtocol });
  }

  /** Notes how far the clock of a door's computer is from ours, ms. */
  async noteClock(id: string, clockOffsetMs: number): Promise<void> {
    await this.dataSource.getRepository(Door).update({ id }, { clockOffsetMs });
  }

  /** Notes what an agent says of its door, and that it was heard of. @returns what was known before */
  async noteHeard(
    id: string,
    { lock, cameraFault, cameraFaultKind, condition, disk, health }: Omit<DoorState, 'v'>,
  ): Promise<Pick<DoorState, 'cameraFault' | 'condition' | 'disk'>> {
    const [[before]] = await this.dataSource.query<[HeardBefore[], number]>(
      `UPDATE door SET lock = $2, camera_fault = $3, condition = $4, disk = $5, last_seen_at = now(),
         camera_fault_kind = $6, health = coalesce($7, door.health)
       FROM (SELECT id, camera_fault, condition, disk FROM door WHERE id = $1 FOR UPDATE) AS before
       WHERE door.id = before.id RETURNING before.camera_fault, before.condition, before.disk`,
      [id, lock, cameraFault, condition, disk, cameraFaultKind, health],
    );
    return {
      cameraFault: before?.camera_fault ?? null,
      condition: before?.condition ?? null,
      disk: before?.disk ?? null,
    };
  }

  private async devicesOf(
    doors: readonly Door[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Map<string, DeviceFacts>> {
    const ids = doors.map(({ id }) => id);
    const rows = await manager.query<(DeviceFacts & { id: string })[]>(DEVICES, [ids]);
    return new Map(rows.map(({ id, ...facts }) => [id, facts]));
  }

  /** Notes that this process holds the connections of those doors' agents. */
  async noteConnected(ids: readonly string[]): Promise<void> {
    const { nodeId } = this.cluster;
    await this.dataSource
      .getRepository(Door)
      .update({ id: In([...ids]) }, { nodeId, lastSeenAt: new Date() });
  }

  /**
   * Notes that a door's agent has left this process; nothing changes when it is at another one already.
   *
   * @returns whether it was here
   */
  async noteDisconnected(id: string): Promise<boolean> {
    const { nodeId } = this.cluster;
    const { affected } = await this.dataSource
      .getRepository(Door)
      .update({ id, nodeId }, { nodeId: null, lastSeenAt: new Date() });
    return (affected ?? 0) > 0;
  }
}

interface HeardBefore {
  readonly camera_fault: string | null;
  readonly condition: DoorState['condition'];
  readonly disk: DoorState['disk'];
}

const DEVICES = `
  SELECT door.id, device_key.fingerprint, door_progress.applied_revision::float8 AS "appliedRevision",
    door_progress.compared_at AS "comparedAt", door_progress.agrees
  FROM door LEFT JOIN device_key ON device_key.door_id = door.id AND device_key.state = 'current'
  LEFT JOIN door_progress ON door_progress.door_id = door.id WHERE door.id = ANY($1::uuid[])`;

function isOnline(door: Door, liveNodeIds: ReadonlySet<string>): boolean {
  return door.nodeId !== null && liveNodeIds.has(door.nodeId);
}

function doorNotFound(): AppError {
  return new AppError('not-found', 'doors/not-found', 'There is no such door.');
}
