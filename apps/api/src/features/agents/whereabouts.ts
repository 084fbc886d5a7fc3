import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import {
  WHEREABOUTS_MAX,
  whereaboutsPullAnswerSchema,
  type WhereaboutsPull,
  type WhereaboutsTold,
} from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { LiveBus } from '../../platform/realtime/live-bus';
import { MusterService } from '../access/muster.service';
import { Passages } from '../access/passages';
import { AgentLink } from './agent-link';

/** A door that leads into or out of an area. */
interface AreaDoor {
  readonly id: string;
  readonly siteId: string;
  readonly toAreaId: string | null;
}

interface PassedRow {
  readonly person_id: string;
  readonly door_id: string;
  readonly occurred_at: Date;
}

type Moved = WhereaboutsTold['moved'][number];

/**
 * Tells the doors of a site's areas what the others of them told of who passed, and who was pardoned: as it comes to those
 * that are online, and all of it to one that asks.
 */
@Injectable()
export class WhereaboutsRelay implements OnApplicationShutdown {
  private readonly stops: readonly (() => void)[];
  /** Of before the last change of the rules it says nothing. */
  private areaDoors: Promise<ReadonlyMap<string, AreaDoor>> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly passages: Passages,
    private readonly link: AgentLink,
    private readonly logger: PinoLogger,
    muster: MusterService,
    feed: ChangeFeed,
    bus: LiveBus,
  ) {
    this.stops = [
      feed.onHead(() => (this.areaDoors = undefined)),
      bus.on('events', ({ eventIds }) => this.inBackground(this.tellPassed(eventIds))),
      muster.onPardoned((pardon) => this.inBackground(this.tellPardoned(pardon))),
    ];
  }

  onApplicationShutdown(): void {
    this.stops.forEach((stop) => stop());
  }

  /** Where everybody is whom the doors of this one's site saw last; nobody where the door leads to no area. */
  async answer(
    doorId: string,
    { afterPersonId }: WhereaboutsPull,
  ): Promise<z.input<typeof whereaboutsPullAnswerSchema>> {
    const doors = await this.doors();
    const door = doors.get(doorId);
    if (!door) return { ok: true, moved: [], pardoned: [], next: null };
    const after = afterPersonId ?? '';
    const passages = (await this.passages.lastOfSite(door.siteId)).filter(({ personId }) => personId > after);
    const page = passages.slice(0, WHEREABOUTS_MAX);
    const moved = page.flatMap((passage) => {
      const { personId, at } = passage;
      const by = doors.get(passage.doorId);
      return by ? [{ personId, areaId: by.toAreaId, at: at.toISOString() }] : [];
    });
    return {
      ok: true,
      moved,
      // All that there are, with the first page: there are few.
      pardoned: afterPersonId === null ? await this.passages.pardons(WHEREABOUTS_MAX) : [],
      next: passages.length > page.length ? (page.at(-1)?.personId ?? null) : null,
    };
  }

  private async tellPassed(eventIds: readonly string[]): Promise<void> {
    const doors = await this.doors();
    if (doors.size === 0) return;
    const rows = await this.dataSource.query<PassedRow[]>(PASSED, [eventIds, [...doors.keys()]]);
    const bySite = new Map<string, Moved[]>();
    for (const { person_id: personId, door_id: doorId, occurred_at: at } of rows) {
      const { siteId, toAreaId: areaId } = doors.get(doorId)!;
      const moved = { personId, areaId, at: at.toISOString() } as Moved;
      bySite.set(siteId, [...(bySite.get(siteId) ?? []), moved]);
    }
    for (const [siteId, moved] of bySite)
      this.link.tellWhereabouts(idsAt(doors, siteId), { moved, pardoned: [] });
  }

  private async tellPardoned({
    siteId,
    personIds,
    at,
  }: {
    siteId: string;
    personIds: readonly string[];
    at: Date;
  }): Promise<void> {
    const ids = idsAt(await this.doors(), siteId);
    for (let from = 0; from < personIds.length; from += WHEREABOUTS_MAX) {
      const some = personIds.slice(from, from + WHEREABOUTS_MAX);
      const pardoned = some.map((personId) => ({ personId, at: at.toISOString() }));
      this.link.tellWhereabouts(ids, { moved: [], pardoned: pardoned as WhereaboutsTold['pardoned'] });
    }
  }

  private doors(): Promise<ReadonlyMap<string, AreaDoor>> {
    this.areaDoors ??= this.dataSource.query<AreaDoor[]>(AREA_DOORS).then(
      (rows) => new Map(rows.map((row) => [row.id, row])),
      (error: unknown) => {
        this.areaDoors = undefined;
        throw error;
      },
    );
    return this.areaDoors;
  }

  private inBackground(work: Promise<void>): void {
    work.catch((err: unknown) => this.logger.warn({ err }, 'whereabouts were not told'));
  }
}

function idsAt(doors: ReadonlyMap<string, AreaDoor>, siteId: string): string[] {
  return [...doors.values()].filter((door) => door.siteId === siteId).map(({ id }) => id);
}

const AREA_DOORS = `
  SELECT door.id, door.site_id AS "siteId", rule.definition->>'toAreaId' AS "toAreaId"
  FROM access_rule AS rule JOIN door ON door.id = rule.id
  WHERE rule.kind = 'door' AND coalesce(rule.definition->>'toAreaId', rule.definition->>'fromAreaId') IS NOT NULL`;

const PASSED = `
  SELECT person_id, door_id, occurred_at FROM access_event
  WHERE id = ANY($1::uuid[]) AND door_id = ANY($2::uuid[]) AND outcome = 'granted' AND person_id IS NOT NULL`;
