import { Injectable } from '@nestjs/common';
import { eventsQuerySchema, type personExportSchema } from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { presentConsent } from '../consents/consent.presenter';
import { ConsentsRepository } from '../consents/consents.repository';
import { EventPicturesService } from '../event-pictures/event-pictures.service';
import { EventsRepository } from '../events/events.repository';
import { EnrolmentCrops } from '../people/enrolment-crops';
import { PeopleRepository } from '../people/people.repository';
import type { Writer } from '../people/person-writer';
import { presentPerson } from '../people/person.presenter';
import { TemplateVault } from '../people/template-vault';

type ExportView = z.input<typeof personExportSchema>;

const PAGE = 200;
/** Of one person, far more than years of visits; the account keeps how many there were. */
const EVENTS_MAX = 100_000;

/** Takes out all that is held about one person. */
@Injectable()
export class PersonExportService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: PeopleRepository,
    private readonly consents: ConsentsRepository,
    private readonly events: EventsRepository,
    private readonly vault: TemplateVault,
    private readonly crops: EnrolmentCrops,
    private readonly eventPictures: EventPicturesService,
    private readonly audit: Audit,
  ) {}

  /** @throws {AppError} `people/not-found`, `auth/forbidden` */
  async export(personId: string, reason: string, by: Writer): Promise<ExportView> {
    const record = await this.people.get(personId);
    by.access.require('people:export', record.person.siteId);
    const consents = await this.consents.ofPerson(personId);
    const pictures = await this.pictures(personId);
    const events = await this.eventsOf(personId);
    const { portraitUrl: _portraitUrl, ...person } = presentPerson(record);
    const { siteId } = record.person;
    await this.dataSource.transaction(async (manager) => {
      await this.audit.record(manager, {
        by,
        action: 'person/exported',
        subjectId: personId,
        siteId,
        reason,
        details: { pictures: pictures.length, templates: record.templates.length, events: events.length },
      });
      const details = { pictures: pictures.length };
      await this.audit.read(manager, { by, what: 'personal-export', personId, siteId, reason, details });
    });
    return {
      exportedAt: new Date().toISOString(),
      personId,
      person,
      consents: consents.map((row) => {
        // Whoever recorded it is somebody else.
        const { recordedBy: _recordedBy, ...consent } = presentConsent(row);
        return consent;
      }),
      pictures,
      events,
    };
  }

  private async pictures(personId: string): Promise<ExportView['pictures']> {
    const [row] = await this.dataSource.query<{ sealed_jpeg: Buffer; updated_at: Date }[]>(
      'SELECT sealed_jpeg, updated_at FROM portrait WHERE person_id = $1',
      [personId],
    );
    const crops = await this.crops.ofPerson(this.dataSource.manager, personId);
    const visits = await this.eventPictures.ofPerson(personId);
    const kept: ExportView['pictures'] = [
      ...crops.map(({ jpeg, createdAt: at }) => ({ kind: 'enrolment' as const, at, jpeg })),
      ...visits.map((picture) => ({ kind: 'event' as const, ...picture })),
    ].map(({ kind, at, jpeg }) => ({
      kind,
      at: at.toISOString(),
      jpegBase64: Buffer.from(jpeg).toString('base64'),
    }));
    if (!row) return kept;
    const jpeg = await this.vault.openPortrait(this.dataSource.manager, personId, row.sealed_jpeg);
    const jpegBase64 = Buffer.from(jpeg).toString('base64');
    return [{ kind: 'portrait', at: row.updated_at.toISOString(), jpegBase64 }, ...kept];
  }

  private async eventsOf(personId: string): Promise<Record<string, unknown>[]> {
    const events: Record<string, unknown>[] = [];
    let cursor: string | undefined;
    do {
      const query = eventsQuerySchema.parse({ personId, limit: PAGE, cursor });
      const page = await this.events.page(query, 'everywhere');
      events.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && events.length < EVENTS_MAX);
    return events.reverse();
  }
}
