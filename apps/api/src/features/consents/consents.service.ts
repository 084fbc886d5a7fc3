import { Injectable } from '@nestjs/common';
import type {
  CreateConsentTextRequest,
  RecordConsentRequest,
  consentSchema,
  consentTextSchema,
  consentTextsSchema,
  consentsSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { newId } from '../../platform/database/uuid';
import { AppError } from '../../platform/errors/app-error';
import { Settings } from '../../platform/settings/settings';
import { mayRead } from '../people/person-access';
import type { Writer } from '../people/person-writer';
import type { Person } from '../people/person.entity';
import { PeopleRepository } from '../people/people.repository';
import { presentConsent, presentConsentText } from './consent.presenter';
import { ConsentRow } from './consent.entity';
import { ConsentsRepository } from './consents.repository';
import { PRIVACY_SETTINGS } from './privacy-settings';

type ConsentsView = z.input<typeof consentsSchema>;

/** What people have consented to; without it no template comes to be, unless the deployment answers for that itself. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly consents: ConsentsRepository,
    private readonly people: PeopleRepository,
    private readonly settings: Settings,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
  ) {}

  async texts(): Promise<z.input<typeof consentTextsSchema>> {
    return { items: (await this.consents.texts()).map(presentConsentText) };
  }

  async addText({ texts }: CreateConsentTextRequest, by: Writer): Promise<z.input<typeof consentTextSchema>> {
    by.access.require('settings:write', null);
    return this.dataSource.transaction(async (manager) => {
      const text = await this.consents.addText(manager, texts);
      await this.audit.record(manager, {
        by,
        action: 'consent/text-added',
        details: { version: text.version, languages: Object.keys(texts) },
      });
      return presentConsentText(text);
    });
  }

  /** @throws {AppError} `people/not-found`, `auth/forbidden` */
  async list(personId: string, by: Writer): Promise<ConsentsView> {
    const { person } = await this.people.get(personId);
    mayRead(by, person.siteId);
    return { items: (await this.consents.ofPerson(personId)).map(presentConsent) };
  }

  /** @throws {AppError} `people/not-found`, `auth/forbidden`, `consent/unknown-text` */
  async record(
    personId: string,
    request: RecordConsentRequest,
    by: Writer,
  ): Promise<z.input<typeof consentSchema>> {
    return this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, personId);
      by.access.require('enrolment:write', person.siteId);
      return presentConsent(await this.add(manager, person, request, by));
    });
  }

  /** Records a consent in the caller's transaction, who has checked the right. @throws `consent/unknown-text` */
  async add(
    manager: EntityManager,
    person: Person,
    { textVersion, how }: RecordConsentRequest,
    by: Writer,
  ): Promise<ConsentRow> {
    if (!(await this.consents.hasText(manager, textVersion))) {
      throw new AppError('invalid', 'consent/unknown-text', 'There is no such version of the text.', {
        detail: 'Look at the list of texts, or add the text first.',
        issues: [{ path: 'textVersion', message: `${textVersion} is no version` }],
      });
    }
    const consent = manager.create(ConsentRow, {
      id: newId(),
      personId: person.id,
      ...{ textVersion, how, recordedBy: by.actorName },
      recordedAt: new Date(),
      withdrawnAt: null,
    });
    await this.consents.add(manager, consent);
    await this.audit.record(manager, {
      by,
      action: 'consent/recorded',
      subjectId: person.id,
      siteId: person.siteId,
      details: { consent: consent.id, textVersion, how },
    });
    return consent;
  }

  /**
   * Takes back what holds, and deletes templates and pictures, at the doors too.
   *
   * @throws {AppError} `people/not-found`, `auth/forbidden`, `consent/none`
   */
  async withdraw(personId: string, reason: string | undefined, by: Writer): Promise<ConsentsView> {
    await this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, personId);
      by.access.require('enrolment:write', person.siteId);
      if ((await this.consents.withdraw(manager, personId)) === 0) throw noConsent();
      const templates = await this.people.removeBiometrics(manager, personId);
      await this.audit.record(manager, {
        by,
        action: 'consent/withdrawn',
        subjectId: personId,
        siteId: person.siteId,
        reason,
        details: { templates: templates.length },
      });
      await this.changes.record(manager, [
        ...templates.map((entityId) => ({ family: 'template' as const, entityId, deleted: true })),
        // Doors forget the person at once, and then learn anew who they are.
        { family: 'person', entityId: personId, deleted: false, revoked: true },
      ]);
    });
    return this.list(personId, by);
  }

  /**
   * Refuses to enrol somebody who has not consented, where the deployment asks for it. The caller has locked the person.
   *
   * @throws {AppError} `enrolment/consent-missing`
   */
  async require(manager: EntityManager, personId: string): Promise<void> {
    if (!(await this.isMissing(personId, manager))) return;
    throw new AppError('conflict', 'enrolment/consent-missing', 'This person has not consented.', {
      detail:
        'Record their consent first. Where consent is kept outside of this system, the settings of privacy can say so.',
    });
  }

  /** Whether the deployment asks for a consent that this person has not given. */
  async isMissing(personId: string, manager = this.dataSource.manager): Promise<boolean> {
    const { consent } = await this.settings.get(PRIVACY_SETTINGS, manager);
    return consent !== 'managed-elsewhere' && !(await this.consents.holds(manager, personId));
  }
}

function noConsent(): AppError {
  return new AppError('conflict', 'consent/none', 'There is no consent that could be withdrawn.', {
    detail: 'To delete what is held of this person all the same, delete their templates, or erase them.',
  });
}
