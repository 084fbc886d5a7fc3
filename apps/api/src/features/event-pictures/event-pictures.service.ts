import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ImageStanding, ImagesChunk, ImagesOffer } from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { SignedIn } from '../../platform/auth/session-store';
import { afterCommit } from '../../platform/database/after-commit';
import { newId } from '../../platform/database/uuid';
import { LiveBus } from '../../platform/realtime/live-bus';
import { ConsentsService } from '../consents/consents.service';
import { mayRead } from '../people/person-access';
import { Retention } from '../retention/retention';
import { EventPicture } from './event-picture.entity';
import { EventPictureVault } from './event-picture-vault';
import { noPicture, otherSize, wrongHash } from './event-pictures.errors';
import { asksForPicture } from './event-pictures.policy';
import { EventPicturesRepository, type PicturedVisit } from './event-pictures.repository';

const REFUSED: ImageStanding = { state: 'refused', nextByte: 0 };

/**
 * Takes pictures of visits from doors, part by part, and shows them. Only what its door's settings ask for, what the
 * site's retention says how long to keep, and whom nobody has to ask or who has consented is taken.
 */
@Injectable()
export class EventPicturesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly pictures: EventPicturesRepository,
    private readonly vault: EventPictureVault,
    private readonly consents: ConsentsService,
    private readonly retention: Retention,
    private readonly bus: LiveBus,
  ) {}

  /** Says of each picture whether it is to be sent, and from where on. */
  async offered(doorId: string, { images }: ImagesOffer): Promise<ImageStanding[]> {
    const hashes = images.map(({ hash }) => bytesOf(hash));
    const known = await this.pictures.standings(doorId, hashes);
    const standings: ImageStanding[] = [];
    for (const { hash } of images) {
      const standing = standingOf(known.get(hash) ?? { sizeBytes: 1, receivedBytes: 0 });
      const isTaken =
        standing.state === 'stored' ||
        (await this.wantedVisit(this.dataSource.manager, doorId, hash)) !== null;
      standings.push(isTaken ? standing : REFUSED);
    }
    return standings;
  }

  /**
   * Keeps a part of a picture.
   *
   * @throws {AppError} `images/wrong-hash` when the parts are not that picture: nothing of it is kept, and it may be sent
   *   again; `images/other-size`
   */
  async take(doorId: string, chunk: ImagesChunk): Promise<ImageStanding> {
    const hash = bytesOf(chunk.hash);
    const taken = await this.dataSource.transaction(async (manager) => {
      const known = await this.pictures.find(manager, doorId, hash);
      if (known && standingOf(known).state === 'stored') return standingOf(known);
      const visit = await this.wantedVisit(manager, doorId, chunk.hash);
      const picture = visit && (known ?? (await this.begin(manager, doorId, { visit, chunk })));
      if (!picture) return REFUSED;
      if (picture.sizeBytes !== chunk.sizeBytes) throw otherSize();
      if (picture.receivedBytes !== chunk.fromByte) return standingOf(picture);
      return this.append(manager, picture, chunk.bytes);
    });
    if (taken === 'wrong') throw wrongHash();
    return taken;
  }

  /** The JPEG of a visit. @throws {AppError} `events/no-picture`, `auth/forbidden` */
  async jpeg(eventId: string, by: SignedIn): Promise<Uint8Array> {
    const found = await this.pictures.ofEvent(eventId);
    if (!found) throw noPicture();
    const { picture, personSiteId } = found;
    by.access.require('events:read', picture.siteId);
    // Of whom nobody knows, the place decides who may look at people there.
    if (picture.personId === null) by.access.require('people:read', picture.siteId);
    else mayRead(by, personSiteId);
    return this.vault.open(this.dataSource.manager, picture);
  }

  /** The pictures that are kept of a person's visits, oldest first. */
  async ofPerson(personId: string): Promise<{ at: Date; jpeg: Uint8Array }[]> {
    const { manager } = this.dataSource;
    const shown: { at: Date; jpeg: Uint8Array }[] = [];
    for (const picture of await this.pictures.ofPerson(personId))
      shown.push({ at: picture.occurredAt, jpeg: await this.vault.open(manager, picture) });
    return shown;
  }

  private async begin(
    manager: EntityManager,
    doorId: string,
    { visit, chunk: { hash, sizeBytes } }: { visit: PicturedVisit; chunk: ImagesChunk },
  ): Promise<EventPicture | null> {
    const key = await this.vault.newKey(manager, newId(), visit.personId);
    const sealedJpeg = await this.vault.seal(manager, key, new Uint8Array());
    const { siteId, occurredAt } = visit;
    const sent = { doorId, siteId, hash: bytesOf(hash), occurredAt, sizeBytes, receivedBytes: 0 };
    // Another connection of the door may have begun it meanwhile: then that one holds, for as long as this waits.
    await manager
      .createQueryBuilder()
      .insert()
      .into(EventPicture)
      .values({ ...key, ...sent, sealedJpeg })
      .orIgnore()
      .execute();
    return this.pictures.find(manager, doorId, bytesOf(hash));
  }

  private async append(
    manager: EntityManager,
    picture: EventPicture,
    bytes: Uint8Array,
  ): Promise<ImageStanding | 'wrong'> {
    const jpeg = Buffer.concat([await this.vault.open(manager, picture), bytes]);
    const { id, sizeBytes, doorId, hash } = picture;
    const isWhole = jpeg.length >= sizeBytes;
    if (jpeg.length > sizeBytes || (isWhole && !isPicture(jpeg, hash))) {
      await manager.delete(EventPicture, { id });
      return 'wrong';
    }
    const sealedJpeg = await this.vault.seal(manager, picture, jpeg);
    await manager.update(EventPicture, { id }, { sealedJpeg, receivedBytes: jpeg.length });
    // Whoever has the event before them is shown it again, with its picture.
    if (isWhole) afterCommit(manager, () => void this.tell(doorId, hash));
    return standingOf({ sizeBytes, receivedBytes: jpeg.length });
  }

  private async tell(doorId: string, hash: Buffer): Promise<void> {
    const eventIds = await this.pictures.eventsOf(doorId, hash).catch((): string[] => []);
    if (eventIds.length > 0) this.bus.send('events', { eventIds });
  }

  private async wantedVisit(
    manager: EntityManager,
    doorId: string,
    hash: string,
  ): Promise<PicturedVisit | null> {
    const visit = await this.pictures.visitOf(manager, doorId, bytesOf(hash));
    if (visit === null || !asksForPicture(visit)) return null;
    if (!(await this.retention.keepsImages(manager, visit.siteId))) return null;
    const { personId, isPersonHere } = visit;
    if (personId === null) return visit;
    return isPersonHere && !(await this.consents.isMissing(personId, manager)) ? visit : null;
  }
}

function standingOf({
  sizeBytes,
  receivedBytes,
}: Pick<EventPicture, 'sizeBytes' | 'receivedBytes'>): ImageStanding {
  return { state: receivedBytes === sizeBytes ? 'stored' : 'wanted', nextByte: receivedBytes };
}

/** Whether these are the bytes that have that hash, and begin as a JPEG does. */
function isPicture(bytes: Uint8Array, hash: Buffer): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && createHash('sha256').update(bytes).digest().equals(hash);
}

function bytesOf(hash: string): Buffer {
  return Buffer.from(hash, 'base64url');
}
