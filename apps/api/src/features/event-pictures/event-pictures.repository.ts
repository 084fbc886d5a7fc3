import { Injectable } from '@nestjs/common';
import type { DoorSettingsPatch } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { EventPicture } from './event-picture.entity';

/** The visit that names a picture, and what its door's settings are. */
export interface PicturedVisit {
  readonly siteId: string;
  readonly occurredAt: Date;
  readonly outcome: 'granted' | 'denied';
  /** Null: the face was of nobody known. */
  readonly personId: string | null;
  /** Whether whoever was recognised is still there. */
  readonly isPersonHere: boolean;
  readonly doorSettings: DoorSettingsPatch;
}

/** A picture to be shown, and whose it is. */
export interface ShownPicture {
  readonly picture: EventPicture;
  /** Of the person on it; null: of the whole organisation, or nobody known. */
  readonly personSiteId: string | null;
}

/** Reads and writes pictures of visits. */
@Injectable()
export class EventPicturesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest visit at a door that names a picture; null when none does. */
  async visitOf(manager: EntityManager, doorId: string, hash: Buffer): Promise<PicturedVisit | null> {
    const [row] = await manager.query<VisitRow[]>(VISIT, [doorId, hash]);
    if (!row) return null;
    const { site_id: siteId, occurred_at: occurredAt, outcome, person_id: personId } = row;
    const { is_person_here: isPersonHere, settings: doorSettings } = row;
    return { siteId, occurredAt, outcome, personId, isPersonHere, doorSettings };
  }

  /** What there is of a picture, kept from others until the transaction ends. */
  find(manager: EntityManager, doorId: string, hash: Buffer): Promise<EventPicture | null> {
    return manager
      .createQueryBuilder(EventPicture, 'picture')
      .addSelect('picture.sealedJpeg')
      .where({ doorId, hash })
      .setLock('pessimistic_write')
      .getOne();
  }

  /** Where the pictures of a door stand, of those that there is something of. @returns by hash, base64url */
  async standings(
    doorId: string,
    hashes: readonly Buffer[],
  ): Promise<Map<string, Pick<EventPicture, 'sizeBytes' | 'receivedBytes'>>> {
    const rows = await this.dataSource.query<{ hash: Buffer; size_bytes: number; received_bytes: number }[]>(
      'SELECT hash, size_bytes, received_bytes FROM event_picture WHERE door_id = $1 AND hash = ANY($2::bytea[])',
      [doorId, hashes],
    );
    return new Map(
      rows.map((row) => [
        row.hash.toString('base64url'),
        { sizeBytes: row.size_bytes, receivedBytes: row.received_bytes },
      ]),
    );
  }

  /** The visits that name a picture of a door. */
  async eventsOf(doorId: string, hash: Buffer): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      'SELECT id FROM access_event WHERE door_id = $1 AND picture_hash = $2 ORDER BY occurred_at DESC LIMIT 20',
      [doorId, hash],
    );
    return rows.map(({ id }) => id);
  }

  /** The pictures of a person that are whole, oldest first. */
  async ofPerson(personId: string): Promise<EventPicture[]> {
    return this.dataSource
      .getRepository(EventPicture)
      .createQueryBuilder('picture')
      .addSelect('picture.sealedJpeg')
      .where({ personId })
      .andWhere('picture.received_bytes = picture.size_bytes')
      .orderBy('picture.occurredAt')
      .getMany();
  }

  /** The picture of a visit, whole; null when there is none. */
  async ofEvent(eventId: string): Promise<ShownPicture | null> {
    const [row] = await this.dataSource.query<{ id: string; person_site_id: string | null }[]>(
      `SELECT picture.id, person.site_id AS person_site_id
       FROM access_event AS event
       JOIN event_picture AS picture ON picture.door_id = event.door_id AND picture.hash = event.picture_hash
       LEFT JOIN person ON person.id = picture.person_id
       WHERE event.id = $1 AND picture.received_bytes = picture.size_bytes`,
      [eventId],
    );
    if (!row) return null;
    const picture = await this.dataSource
      .getRepository(EventPicture)
      .createQueryBuilder('picture')
      .addSelect('picture.sealedJpeg')
      .where({ id: row.id })
      .getOne();
    return picture && { picture, personSiteId: row.person_site_id };
  }
}

interface VisitRow {
  readonly site_id: string;
  readonly occurred_at: Date;
  readonly outcome: 'granted' | 'denied';
  readonly person_id: string | null;
  readonly is_person_here: boolean;
  readonly settings: DoorSettingsPatch;
}

const VISIT = `
  SELECT event.site_id, event.occurred_at, event.outcome, event.person_id, door.settings,
    EXISTS (SELECT 1 FROM person WHERE id = event.person_id) AS is_person_here
  FROM access_event AS event JOIN door ON door.id = event.door_id
  WHERE event.door_id = $1 AND event.picture_hash = $2 ORDER BY event.occurred_at DESC LIMIT 1`;
