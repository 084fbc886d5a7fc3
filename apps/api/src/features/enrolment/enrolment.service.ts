import { Injectable } from '@nestjs/common';
import type {
  EnrolTrackRequest,
  SiteId,
  enrolPhotoResponseSchema,
  enrolTrackResponseSchema,
} from '@munjigi/contracts';
import type { AnalyzedFace } from '@munjigi/face-core';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed, type ChangeOf } from '../../platform/change-feed/change-feed';
import { Vision } from '../../platform/vision/vision';
import { AgentLink } from '../agents/agent-link';
import { DoorsRepository } from '../doors/doors.repository';
import { PeopleRepository } from '../people/people.repository';
import { PersonWriter } from '../people/person-writer';
import { Person } from '../people/person.entity';
import { presentPerson, presentTemplate } from '../people/person.presenter';
import type { Template } from '../people/template.entity';
import { TemplateVault } from '../people/template-vault';
import { chooseFace, type FACE_SIZE_MIN_PX } from './choose-face';
import { refusalOf } from './enrolment-errors';

/** A face that is good enough for a template. */
interface EnrollableFace {
  readonly face: AnalyzedFace;
  readonly portraitJpeg: Uint8Array;
  readonly imageWidth: number;
  readonly imageHeight: number;
}

/** Makes templates of faces, from photos and from doors. */
@Injectable()
export class EnrolmentService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly vision: Vision,
    private readonly people: PeopleRepository,
    private readonly writer: PersonWriter,
    private readonly vault: TemplateVault,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly doors: DoorsRepository,
    private readonly link: AgentLink,
  ) {}

  /**
   * Adds a template to a person, from a photo that shows them alone.
   *
   * @throws {AppError} `enrolment/…` that says why not, `people/not-found`
   */
  async enrolPhoto(
    personId: string,
    photo: Uint8Array,
    by: SignedIn,
  ): Promise<z.input<typeof enrolPhotoResponseSchema>> {
    const { person: enrolled } = await this.people.get(personId);
    by.access.require('enrolment:write', enrolled.siteId);
    const found = await this.find(photo, 'photo');
    return this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, personId);
      const [template] = await this.addTemplates(manager, person, [found], 'photo', by);
      const record = await this.people.get(personId, manager);
      await this.changes.record(manager, [changeOf(template)]);
      return {
        person: presentPerson(record),
        template: presentTemplate(template),
        face: {
          box: found.face.box,
          landmarks: [...found.face.landmarks],
          score: found.face.score,
          imageWidth: found.imageWidth,
          imageHeight: found.imageHeight,
        },
      };
    });
  }

  /**
   * Makes a new person of a face that stands before a door now.
   *
   * @throws {AppError} `enrolment/…` that says why not, `doors/not-found`
   */
  async enrolTrack(
    doorId: string,
    { trackId, name }: EnrolTrackRequest,
    by: SignedIn,
  ): Promise<z.input<typeof enrolTrackResponseSchema>> {
    const { door } = await this.doors.get(doorId);
    by.access.require('enrolment:write', door.siteId);
    const captures = await this.link.capture(doorId, trackId);
    const found = await this.findAll(captures);
    return this.dataSource.transaction(async (manager) => {
      const siteId = by.access.mayAt('people:write', null) ? null : (door.siteId as SiteId);
      const { person, changes } = await this.writer.create(manager, { name, siteId }, by);
      const templates = await this.addTemplates(manager, person, found, 'door', by);
      const record = await this.people.get(person.id, manager);
      await this.changes.record(manager, [...changes, ...templates.map(changeOf)]);
      return { person: presentPerson(record) };
    });
  }

  /** The faces of those captures that can be used, at least one. */
  private async findAll(captures: readonly Uint8Array[]): Promise<[EnrollableFace, ...EnrollableFace[]]> {
    const found: EnrollableFace[] = [];
    let refusal: unknown;
    for (const capture of captures) {
      try {
        found.push(await this.find(capture, 'door'));
      } catch (error) {
        refusal ??= error;
      }
    }
    const [best, ...rest] = found;
    if (!best) throw refusal;
    return [best, ...rest];
  }

  private async find(picture: Uint8Array, origin: keyof typeof FACE_SIZE_MIN_PX): Promise<EnrollableFace> {
    try {
      const analyzed = await this.vision.analyze(picture);
      const face = chooseFace(analyzed, origin);
      return {
        face,
        portraitJpeg: await this.vision.portrait(analyzed.frame, face.box),
        imageWidth: analyzed.frame.width,
        imageHeight: analyzed.frame.height,
      };
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** Adds templates in the caller's transaction, and makes the first face the person's picture. */
  private async addTemplates(
    manager: EntityManager,
    person: Person,
    faces: readonly [EnrollableFace, ...EnrollableFace[]],
    origin: Template['origin'],
    by: SignedIn,
  ): Promise<[Template, ...Template[]]> {
    const templates: Template[] = [];
    for (const { face } of faces) {
      const given = { personId: person.id, modelId: this.vision.modelId, origin, embedding: face.embedding };
      templates.push(await this.vault.add(manager, given));
    }
    await this.vault.setPortrait(manager, person.id, faces[0].portraitJpeg);
    await manager.update(Person, { id: person.id }, { updatedAt: new Date() });
    await this.audit.record(manager, {
      by,
      action: 'person/enrolled',
      subjectId: person.id,
      details: { origin, templates: templates.map((template) => template.id) },
    });
    return templates as [Template, ...Template[]];
  }
}

function changeOf(template: Template): ChangeOf {
  return { family: 'template', entityId: template.id, deleted: false };
}
