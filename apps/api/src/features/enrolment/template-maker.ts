import { Injectable } from '@nestjs/common';
import type { EnrolmentSettings, LookAlike, NotTheSamePerson } from '@munjigi/contracts';
import type { EntityManager } from 'typeorm';
import { Audit } from '../../platform/audit/audit';
import type { ChangeOf } from '../../platform/change-feed/change-feed';
import { AppError } from '../../platform/errors/app-error';
import { Vision } from '../../platform/vision/vision';
import { ConsentsService } from '../consents/consents.service';
import { EnrolmentCrops } from '../people/enrolment-crops';
import { PeopleRepository } from '../people/people.repository';
import { Person } from '../people/person.entity';
import type { Writer } from '../people/person-writer';
import type { Template } from '../people/template.entity';
import { Retention } from '../retention/retention';
import { TemplateVault } from '../people/template-vault';
import type { EnrollableFace } from './face-finder';
import { LookAlikes, refuseLookAlikes } from './look-alikes';

/** Templates that were made; the caller tells the change feed of `changes`, last in the transaction. */
export interface Enrolled {
  readonly templates: readonly [Template, ...Template[]];
  readonly lookAlikes: readonly LookAlike[];
  readonly changes: readonly ChangeOf[];
}

/** What is enrolled, how, and in whose name. */
export interface EnrolRequest {
  readonly person: Person;
  /** Best first. */
  readonly faces: readonly [EnrollableFace, ...EnrollableFace[]];
  readonly origin: Template['origin'];
  readonly settings: EnrolmentSettings;
  readonly confirmation: NotTheSamePerson;
  readonly by: Writer;
}

/** Makes templates of faces in the caller's transaction: the one way in which a person is enrolled. */
@Injectable()
export class TemplateMaker {
  constructor(
    private readonly vision: Vision,
    private readonly vault: TemplateVault,
    private readonly people: PeopleRepository,
    private readonly lookAlikes: LookAlikes,
    private readonly consents: ConsentsService,
    private readonly retention: Retention,
    private readonly crops: EnrolmentCrops,
    private readonly audit: Audit,
  ) {}

  /** Makes ready what takes long; call it before the transaction. */
  async ready({ duplicates }: EnrolmentSettings): Promise<void> {
    if (duplicates !== 'off') await this.lookAlikes.ready();
  }

  /**
   * Adds templates to a person, and makes the best face their picture.
   *
   * @throws {AppError} `enrolment/consent-missing`, `enrolment/too-many-templates`, `enrolment/duplicate`, `enrolment/look-alike`,
   *   `enrolment/reason-missing`
   */
  async enrol(manager: EntityManager, request: EnrolRequest): Promise<Enrolled> {
    const { person, origin, settings, confirmation, by } = request;
    await this.consents.require(manager, person.id);
    const faces = await this.withinLimit(manager, request);
    const found = await this.alike(manager, request);
    if (settings.duplicates === 'refuse') refuseLookAlikes(found, confirmation);
    const templates: Template[] = [];
    const keepsImages = await this.retention.keepsImages(manager, person.siteId);
    for (const { embedding, quality, cropJpeg } of faces) {
      const cropId = keepsImages ? await this.crops.add(manager, person.id, cropJpeg) : null;
      const given = { personId: person.id, modelId: this.vision.modelId, origin, embedding, quality, cropId };
      templates.push(await this.vault.add(manager, given));
    }
    await this.vault.setPortrait(manager, person.id, faces[0].portraitJpeg);
    await manager.update(Person, { id: person.id }, { updatedAt: new Date() });
    await this.audit.record(manager, {
      by,
      action: 'person/enrolled',
      subjectId: person.id,
      siteId: person.siteId,
      reason: found.length > 0 ? confirmation.reason : undefined,
      details: {
        origin,
        templates: templates.map((template) => template.id),
        ...(found.length === 0
          ? {}
          : { lookAlikes: found.map(({ kind, similarity, personId }) => ({ kind, similarity, personId })) }),
      },
    });
    return {
      templates: templates as [Template, ...Template[]],
      lookAlikes: found.map(({ kind, similarity, person: shown }) => ({ kind, similarity, person: shown })),
      changes: templates.map(({ id }) => ({ family: 'template', entityId: id, deleted: false })),
    };
  }

  private async withinLimit(
    manager: EntityManager,
    { person, faces, settings: { templatesPerPersonMax } }: EnrolRequest,
  ): Promise<[EnrollableFace, ...EnrollableFace[]]> {
    const own = await this.people.templatesOf(manager, person.id);
    const room = templatesPerPersonMax - own.filter(({ modelId }) => modelId === this.vision.modelId).length;
    const [best, ...rest] = faces.slice(0, Math.max(0, room));
    if (best) return [best, ...rest];
    throw new AppError(
      'conflict',
      'enrolment/too-many-templates',
      'This person has as many templates as there may be.',
      {
        detail: `A person has at most ${templatesPerPersonMax}. Delete a poor one first.`,
      },
    );
  }

  private async alike(manager: EntityManager, { person, faces, settings, by }: EnrolRequest) {
    if (settings.duplicates === 'off') return [];
    const embeddings = faces.map(({ embedding }) => embedding);
    return this.lookAlikes.find(manager, person.id, embeddings, by);
  }
}
