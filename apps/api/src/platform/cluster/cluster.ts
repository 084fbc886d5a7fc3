import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { PinoLogger } from 'nestjs-pino';
import type { DataSource, EntityManager } from 'typeorm';
import { newId } from '../database/uuid';

const RENEW_MS = 10_000;
/** A process that was not heard of for this long is no more. */
const NODE_LIFE_SECONDS = 35;

/** This process among those that serve the same database. */
export class Cluster implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Of this life of this process. */
  readonly nodeId = newId();
  private timer?: NodeJS.Timeout;
  private registered = false;
  private readonly revivalListeners = new Set<() => void>();

  /** @param clustered whether there may be other processes on this database */
  constructor(
    readonly clustered: boolean,
    private readonly dataSource: DataSource,
    private readonly logger: PinoLogger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.renew();
    this.timer = setInterval(() => {
      this.renew().catch((err: unknown) => this.logger.warn({ err }, 'this process could not be renewed'));
    }, RENEW_MS);
    this.timer.unref();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.dataSource
      .query('DELETE FROM server_node WHERE id = $1', [this.nodeId])
      .catch((err: unknown) => this.logger.warn({ err }, 'this process could not be taken off the list'));
  }

  /**
   * Calls `listener` when this process was taken for dead, as after a long stall, and is on the list again: what the
   * database knew of it is gone. @returns how to stop it.
   */
  onRevival(listener: () => void): () => void {
    this.revivalListeners.add(listener);
    return () => this.revivalListeners.delete(listener);
  }

  /**
   * The processes that live, this one among them.
   *
   * @param manager of the caller's transaction: who holds one connection and waits for another can wait for ever
   */
  async liveNodeIds(manager: EntityManager = this.dataSource.manager): Promise<ReadonlySet<string>> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT id FROM server_node WHERE seen_at > now() - make_interval(secs => $1)`,
      [NODE_LIFE_SECONDS],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** Says that this process lives, and forgets those that do not. */
  private async renew(): Promise<void> {
    const [{ made }] = await this.dataSource.query<[{ made: boolean }]>(
      `INSERT INTO server_node (id, started_at, seen_at) VALUES ($1, now(), now())
       ON CONFLICT (id) DO UPDATE SET seen_at = now() RETURNING xmax = 0 AS made`,
      [this.nodeId],
    );
    if (made && this.registered) this.revivalListeners.forEach((listener) => listener());
    this.registered = true;
    await this.dataSource.query(`DELETE FROM server_node WHERE seen_at < now() - make_interval(secs => $1)`, [
      NODE_LIFE_SECONDS,
    ]);
  }
}
