import { Injectable } from '@nestjs/common';
import type { DoorState } from '@munjigi/contracts';
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
}

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
    return doors.flatMap((door) => {
      const site = sites.get(door.siteId);
      return site ? [{ door, site, online: isOnline(door, nodes) }] : [];
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
    return { door, site, online: isOnline(door, await this.cluster.liveNodeIds()) };
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

  /** Notes what an agent says of its door, and that it was heard of. @returns what was known before */
  async noteHeard(
    id: string,
    { lock, cameraFault, condition }: Omit<DoorState, 'v'>,
  ): Promise<Pick<DoorState, 'cameraFault' | 'condition'>> {
    const [[before]] = await this.dataSource.query<[HeardBefore[], number]>(
      `UPDATE door SET lock = $2, camera_fault = $3, condition = $4, last_seen_at = now()
       FROM (SELECT id, camera_fault, condition FROM door WHERE id = $1 FOR UPDATE) AS before
       WHERE door.id = before.id RETURNING before.camera_fault, before.condition`,
      [id, lock, cameraFault, condition],
    );
    return { cameraFault: before?.camera_fault ?? null, condition: before?.condition ?? null };
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
}

function isOnline(door: Door, liveNodeIds: ReadonlySet<string>): boolean {
  return door.nodeId !== null && liveNodeIds.has(door.nodeId);
}

function doorNotFound(): AppError {
  return new AppError('not-found', 'doors/not-found', 'There is no such door.');
}
