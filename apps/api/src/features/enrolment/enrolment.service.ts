import { Injectable } from '@nestjs/common';
import type {
  EnrolTrackRequest,
  NotTheSamePerson,
  SiteId,
  enrolmentLookSchema,
  enrolPhotoResponseSchema,
  enrolTrackResponseSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { Settings } from '../../platform/settings/settings';
import { AgentLink } from '../agents/agent-link';
import { ConsentsService } from '../consents/consents.service';
import { DoorsRepository } from '../doors/doors.repository';
import { PeopleRepository } from '../people/people.repository';
import type { Person } from '../people/person.entity';
import { PersonWriter, type Writer } from '../people/person-writer';
import { presentPerson } from '../people/person.presenter';
import { ENROLMENT_SETTINGS } from './enrolment-settings';
import { FaceFinder } from './face-finder';
import { TemplateMaker } from './template-maker';

/** Makes templates of faces, from photos and from doors. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly faces: FaceFinder,
    private readonly maker: TemplateMaker,
    private readonly settings: Settings,
    private readonly people: PeopleRepository,
    private readonly writer: PersonWriter,
    private readonly changes: ChangeFeed,
    private readonly consents: ConsentsService,
    private readonly audit: Audit,
    private readonly doors: DoorsRepository,
    private readonly link: AgentLink,
  ) {}

  /** Says what is to be seen on a picture, and keeps nothing of it. @throws {AppError} `enrolment/…` when it cannot be read */
  async look(photo: Uint8Array): Promise<z.input<typeof enrolmentLookSchema>> {
    return this.faces.look(photo, 'photo', await this.settings.get(ENROLMENT_SETTINGS));
  }

  /**
   * Adds a template to a person, from a photo that shows them alone.
   *
   * @param before what is done first, in the same transaction
   * @throws {AppError} `enrolment/…` that says why not, `people/not-found`
   */
  async enrolPhoto(
    personId: string,
    { photo, confirmation }: { photo: Uint8Array; confirmation: NotTheSamePerson },
    by: Writer,
    before: (manager: EntityManager, person: Person) => Promise<void> = () => Promise.resolve(),
  ): Promise<z.input<typeof enrolPhotoResponseSchema>> {
    const { person: enrolled } = await this.people.get(personId);
    by.access.require('enrolment:write', enrolled.siteId);
    const settings = await this.settings.get(ENROLMENT_SETTINGS);
    const face = await this.faces.find(photo, 'photo', settings);
    await this.maker.ready(settings);
    return this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, personId);
      by.access.require('enrolment:write', person.siteId);
      await before(manager, person);
      const request = {
        person,
        faces: [face] as const,
        origin: 'photo',
        settings,
        confirmation,
        by,
      } as const;
      const { templates, lookAlikes, changes } = await this.maker.enrol(manager, request);
      const view = presentPerson(await this.people.get(personId, manager));
      await this.changes.record(manager, changes);
      const template = view.templates.find(
        ({ id }) => id === templates[0].id,
      ) as (typeof view.templates)[number];
      return {
        person: view,
        template,
        face: face.place,
        warnings: [...face.warnings],
        lookAlikes: [...lookAlikes],
      };
    });
  }

  /**
   * Makes a new person of a face that stands before a door now. They belong to the whole organisation, or, where the
   * asker may not write such people, to the door's site.
   *
   * @throws {AppError} `enrolment/…` that says why not, `doors/not-found`
   */
  async enrolTrack(
    doorId: string,
    { trackId, name, consent, ...confirmation }: EnrolTrackRequest,
    by: SignedIn,
  ): Promise<z.input<typeof enrolTrackResponseSchema>> {
    const { door } = await this.doors.get(doorId);
    by.access.require('enrolment:write', door.siteId);
    const settings = await this.settings.get(ENROLMENT_SETTINGS);
    const captures = await this.link.capture(doorId, trackId);
    const faces = await this.faces.findAll(captures, 'door', settings);
    await this.maker.ready(settings);
    return this.dataSource.transaction(async (manager) => {
      const siteId = by.access.mayAt('people:write', null) ? null : (door.siteId as SiteId);
      const { person, changes } = await this.writer.create(manager, { name, siteId }, by);
      if (consent) await this.consents.add(manager, person, consent, by);
      const request = { person, faces, origin: 'door', settings, confirmation, by } as const;
      const made = await this.maker.enrol(manager, request);
      const view = presentPerson(await this.people.get(person.id, manager));
      await this.changes.record(manager, [...changes, ...made.changes]);
      return { person: view, lookAlikes: [...made.lookAlikes] };
    });
  }

  /** Takes one template from a person. @throws {AppError} `people/not-found`, `enrolment/no-such-template` */
  async removeTemplate(personId: string, templateId: string, by: SignedIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, personId);
      by.access.require('enrolment:write', person.siteId);
      await this.people.removeTemplate(manager, personId, templateId);
      await this.audit.record(manager, {
        by,
        action: 'person/template-deleted',
        subjectId: personId,
        siteId: person.siteId,
        details: { template: templateId },
      });
      await this.changes.record(manager, [{ family: 'template', entityId: templateId, deleted: true }]);
    });
  }

  /** Takes a person's picture away; their templates stay. @throws {AppError} `people/not-found`, `people/no-portrait` */
  async removePortrait(personId: string, by: SignedIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, personId);
      by.access.require('enrolment:write', person.siteId);
      await this.people.removePortrait(manager, personId);
      await this.audit.record(manager, {
        by,
        action: 'person/portrait-deleted',
        subjectId: personId,
        siteId: person.siteId,
      });
    });
  }
}
