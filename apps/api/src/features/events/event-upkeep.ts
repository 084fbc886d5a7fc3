import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import { Cluster } from '../../platform/cluster/cluster';
import { AlarmRaiser } from '../alarms/alarm-raiser';
import { OFFLINE_MS, raiseSignal } from '../alarms/alarm-signals';
import { DoorEventLog } from './door-event-log';
import { EventPartitions } from './event-partitions';

/** Key of the lock that one process at a time looks after the events under. */
const UPKEEP_LOCK = 0x6d6e6a75;
const EVERY_MS = 30_000;
/** A door whose going is just being noted by another process is left to it. */
const LOST_AFTER_SECONDS = 60;

/**
 * What must be done at intervals for events and their alarms: months are made ahead; doors that a process which died
 * has left behind are noted as offline; doors that are away for long raise an alarm. Any process may do it, one at a time.
 */
@Injectable()
export class EventUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly dataSource: DataSource,
    private readonly cluster: Cluster,
    private readonly partitions: EventPartitions,
    private readonly log: DoorEventLog,
    private readonly alarms: AlarmRaiser,
    private readonly logger: PinoLogger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.partitions.makeAhead();
    this.timer = setInterval(() => {
      this.run().catch((err: unknown) => this.logger.warn({ err }, 'events could not be looked after'));
    }, EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Does all of it once, unless another process is at it. */
  async run(now = new Date()): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const [{ mine }] = await manager.query<[{ mine: boolean }]>(
        'SELECT pg_try_advisory_xact_lock($1) AS mine',
        [UPKEEP_LOCK],
      );
      if (!mine) return;
      await this.partitions.makeAhead(now);
      const live = [...(await this.cluster.liveNodeIds(manager))];
      const lost = await manager.query<{ id: string }[]>(LOST, [live, now, LOST_AFTER_SECONDS]);
      await this.log.note(
        lost.map(({ id }) => ({ doorId: id, kind: 'agent-offline', details: { cause: 'lost' } })),
        now,
      );
      const since = new Date(now.getTime() - OFFLINE_MS);
      const away = await manager.query<{ id: string; last_seen_at: Date }[]>(AWAY, [live, since]);
      await this.alarms.applyAlone(
        away.map(({ id, last_seen_at: at }) =>
          raiseSignal('agent-offline', { doorId: id }, now, { lastSeenAt: at.toISOString() }),
        ),
      );
    });
  }
}

const OFFLINE = '(door.node_id IS NULL OR NOT door.node_id = ANY($1::uuid[]))';

const LOST = `
  SELECT door.id FROM door
  WHERE ${OFFLINE} AND door.last_seen_at < $2::timestamptz - make_interval(secs => $3)
    AND (SELECT kind FROM door_event WHERE door_id = door.id AND kind IN ('agent-online', 'agent-offline')
      ORDER BY occurred_at DESC, id DESC LIMIT 1) = 'agent-online'`;

const AWAY = `
  SELECT door.id, door.last_seen_at FROM door
  WHERE ${OFFLINE} AND door.last_seen_at < $2
    AND NOT EXISTS (SELECT 1 FROM alarm WHERE key = 'agent-offline/' || door.id AND state <> 'resolved')`;
