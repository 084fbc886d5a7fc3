import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { afterCommit } from '../../platform/database/after-commit';
import { newId } from '../../platform/database/uuid';
import { LiveBus } from '../../platform/realtime/live-bus';
import { WebhookOutbox } from '../webhooks/webhook-outbox';
import { DENIALS_MIN, DENIALS_WITHIN_MS, raiseSignal, runsOf, type AlarmSignal } from './alarm-signals';

/** An alarm that was changed. */
interface Changed {
  readonly id: string;
  readonly site_id: string | null;
  /** Whether it begins or ends; null when it goes on. */
  readonly begins: boolean | null;
}

/** Raises alarms and ends them, in the transaction of what they follow from. */
@Injectable()
export class AlarmRaiser {
  constructor(
    private readonly dataSource: DataSource,
    private readonly bus: LiveBus,
    private readonly webhooks: WebhookOutbox,
  ) {}

  /** Applies signals in their order. A raise of what is open already counts there; a clear of what is not does nothing. */
  async apply(manager: EntityManager, signals: readonly AlarmSignal[]): Promise<void> {
    for (const run of runsOf(signals)) {
      const changed =
        run[0]?.type === 'clear'
          ? await manager.query<[Changed[], number]>(CLEAR, [
              run.map(({ key }) => key),
              run.map(({ at }) => at),
            ])
          : await manager.query<Changed[]>(RAISE, [
              JSON.stringify(run.map((signal) => ({ ...signal, id: newId() }))),
            ]);
      // An UPDATE's rows come with their number.
      const rows = (Array.isArray(changed[0]) ? changed[0] : changed) as Changed[];
      await this.webhooks.announce(
        manager,
        rows.flatMap(({ id, begins, site_id: siteId }) =>
          begins === null
            ? []
            : [{ event: begins ? 'alarm.raised' : 'alarm.resolved', subjectId: id, siteId }],
        ),
      );
      for (const { id } of rows) afterCommit(manager, () => this.bus.send('alarm', { alarmId: id }));
    }
  }

  /** Applies signals in a transaction of their own. */
  applyAlone(signals: readonly AlarmSignal[]): Promise<void> {
    return this.dataSource.transaction((manager) => this.apply(manager, signals));
  }

  /** Raises an alarm at those of the doors that have denied too often within the last minutes. */
  async considerDenials(manager: EntityManager, doorIds: readonly string[], now: Date): Promise<void> {
    if (doorIds.length === 0) return;
    const rows = await manager.query<{ door_id: string; denials: number; last_at: Date }[]>(DENIALS, [
      doorIds,
      new Date(now.getTime() - DENIALS_WITHIN_MS),
      DENIALS_MIN,
    ]);
    await this.apply(
      manager,
      rows.map((row) =>
        raiseSignal('denied-repeatedly', { doorId: row.door_id }, row.last_at, { denials: row.denials }),
      ),
    );
  }
}

// In the order of the keys, so that two transactions never wait for one another.
const RAISE = `
  INSERT INTO alarm (id, key, kind, severity, state, site_id, door_id, raised_at, last_at, count, details)
  SELECT signal.id, key, kind, severity, 'raised', door.site_id, "doorId", at, at, 1, details
  FROM jsonb_to_recordset($1::jsonb) AS signal (id uuid, key text, kind text, severity text, "doorId" uuid,
    at timestamptz, details jsonb)
  LEFT JOIN door ON door.id = signal."doorId" ORDER BY key
  ON CONFLICT (key) WHERE state <> 'resolved' DO UPDATE
    SET last_at = greatest(alarm.last_at, excluded.last_at), count = alarm.count + 1, details = excluded.details
  RETURNING id, site_id, CASE WHEN xmax = 0 THEN true END AS begins`;

const CLEAR = `
  UPDATE alarm SET state = 'resolved', resolved_at = greatest(alarm.raised_at, signal.at)
  FROM unnest($1::text[], $2::timestamptz[]) AS signal (key, at)
  WHERE alarm.key = signal.key AND alarm.state <> 'resolved'
  RETURNING alarm.id, alarm.site_id, false AS begins`;

// A door that has such an alarm open is looked at once a minute.
const DENIALS = `
  SELECT door_id, count(*)::int AS denials, max(occurred_at) AS last_at FROM access_event AS event
  WHERE door_id = ANY($1::uuid[]) AND outcome = 'denied' AND occurred_at > $2
    AND NOT EXISTS (SELECT 1 FROM alarm WHERE key = 'denied-repeatedly/' || event.door_id AND state <> 'resolved'
      AND last_at > now() - interval '1 minute')
  GROUP BY door_id HAVING count(*) >= $3`;
