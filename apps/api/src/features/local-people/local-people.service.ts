import { Injectable } from '@nestjs/common';
import type {
  AcceptLocalPersonRequest,
  DoorId,
  LocalPersonAtDoor,
  PersonId,
  RejectLocalPersonRequest,
  SiteId,
  enrolTrackResponseSchema,
  localPeopleResponseSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import { PinoLogger } from 'nestjs-pino';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { ChangeFeed } from '../../platform/change-feed/change-feed';
import { AppError } from '../../platform/errors/app-error';
import { Settings } from '../../platform/settings/settings';
import { AgentLink } from '../agents/agent-link';
import { ConsentsService } from '../consents/consents.service';
import { DoorsRepository } from '../doors/doors.repository';
import { ENROLMENT_SETTINGS } from '../enrolment/enrolment-settings';
import { FaceFinder } from '../enrolment/face-finder';
import { TemplateMaker } from '../enrolment/template-maker';
import { PeopleRepository } from '../people/people.repository';
import { PersonWriter, type Written } from '../people/person-writer';
import { presentPerson } from '../people/person.presenter';

type Accepted = z.input<typeof enrolTrackResponseSchema>;

/** Somebody at a door, the door's site, and what an administrator says of them. */
interface Acceptance {
  readonly local: LocalPersonAtDoor;
  readonly siteId: string;
  readonly request: AcceptLocalPersonRequest;
  readonly by: SignedIn;
}

/**
 * Takes over who was registered at doors themselves. Their pictures stay at the door, sealed, until somebody accepts
 * them: the server keeps nothing of whom it does not know.
 */
@Injectable()
export class LocalPeopleService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly doors: DoorsRepository,
    private readonly link: AgentLink,
    private readonly faces: FaceFinder,
    private readonly maker: TemplateMaker,
    private readonly settings: Settings,
    private readonly people: PeopleRepository,
    private readonly writer: PersonWriter,
    private readonly consents: ConsentsService,
    private readonly changes: ChangeFeed,
    private readonly audit: Audit,
    private readonly logger: PinoLogger,
  ) {}

  /** @throws {AppError} `doors/not-found`, `enrolment/door-offline` */
  async list(doorId: DoorId, by: SignedIn): Promise<z.input<typeof localPeopleResponseSchema>> {
    await this.siteOf(doorId, by);
    return { items: await this.link.localPeople(doorId) };
  }

  /** The best picture of somebody. @throws {AppError} as `list`; `enrolment/track-gone` */
  async photo(doorId: DoorId, personId: PersonId, by: SignedIn): Promise<Uint8Array> {
    await this.siteOf(doorId, by);
    const [best] = await this.link.localCaptures(doorId, personId);
    return best!;
  }

  /**
   * Makes somebody a person of the server, under the id that the door's events have of them, or gives their face to one
   * who is there already; then the door forgets its own. Done twice it does no more.
   *
   * @throws {AppError} as `list`; `local-people/not-found`, `people/not-found`, `enrolment/…` that says why not
   */
  async accept(
    doorId: DoorId,
    personId: PersonId,
    request: AcceptLocalPersonRequest,
    by: SignedIn,
  ): Promise<Accepted> {
    const siteId = await this.siteOf(doorId, by);
    const local = await this.localPerson(doorId, personId);
    const accepted =
      (request.asPersonId === undefined ? await this.acceptedBefore(personId, by) : null) ??
      (await this.enrol(doorId, { local, siteId, request, by }));
    // A door that left meanwhile forgets its own when it hears of the person, or is told once more.
    await this.link.settleLocal(doorId, personId).catch((error: unknown) => {
      this.logger.warn({ err: error, doorId }, 'door not told that its person was taken over');
    });
    return accepted;
  }

  /** @throws {AppError} as `list`; `local-people/not-found` */
  async reject(
    doorId: DoorId,
    personId: PersonId,
    { reason }: RejectLocalPersonRequest,
    by: SignedIn,
  ): Promise<void> {
    const siteId = await this.siteOf(doorId, by);
    await this.localPerson(doorId, personId);
    // The account first, and committed: what a door takes long to answer must hold no transaction open.
    await this.dataSource.transaction((manager) =>
      this.audit.record(manager, {
        ...{ by, action: 'person/local-rejected', subjectId: personId, siteId, reason },
        details: { door: doorId },
      }),
    );
    await this.link.settleLocal(doorId, personId);
  }

  private async enrol(doorId: DoorId, acceptance: Acceptance): Promise<Accepted> {
    const { local, request, by } = acceptance;
    const settings = await this.settings.get(ENROLMENT_SETTINGS);
    const captures = await this.link.localCaptures(doorId, local.id);
    const faces = await this.faces.findAll(captures, 'door', settings);
    await this.maker.ready(settings);
    return this.dataSource.transaction(async (manager) => {
      const { person, changes } = await this.personFor(manager, acceptance);
      if (request.consent) await this.consents.add(manager, person, request.consent, by);
      const made = await this.maker.enrol(manager, {
        ...{ person, faces, origin: 'door', settings, confirmation: request, by },
      });
      await this.audit.record(manager, {
        ...{ by, action: 'person/local-accepted', subjectId: person.id, siteId: person.siteId },
        details: { door: doorId, localPerson: local.id },
      });
      const view = presentPerson(await this.people.get(person.id, manager));
      await this.changes.record(manager, [...changes, ...made.changes]);
      return { person: view, lookAlikes: [...made.lookAlikes] };
    });
  }

  private async personFor(
    manager: EntityManager,
    { local, siteId: doorSiteId, request, by }: Acceptance,
  ): Promise<Pick<Written, 'person' | 'changes'>> {
    if (request.asPersonId !== undefined) {
      const person = await this.people.lock(manager, request.asPersonId);
      by.access.require('enrolment:write', person.siteId);
      return { person, changes: [] };
    }
    const siteId = by.access.mayAt('people:write', null) ? null : (doorSiteId as SiteId);
    const { name, validFrom, validUntil, id } = local;
    const draft = { name, validFrom, validUntil, siteId, groupIds: request.groupIds };
    return this.writer.create(manager, draft, by, { kind: 'employee', recurrence: null, id });
  }

  /** The person whom an acceptance of before has made, when only its answer, or the door, was lost. */
  private async acceptedBefore(personId: PersonId, by: SignedIn): Promise<Accepted | null> {
    return this.dataSource.transaction(async (manager) => {
      const person = await this.people.find(manager, personId);
      if (!person) return null;
      by.access.require('enrolment:write', person.siteId);
      return { person: presentPerson(await this.people.get(personId, manager)), lookAlikes: [] };
    });
  }

  private async localPerson(doorId: DoorId, personId: PersonId): Promise<LocalPersonAtDoor> {
    const found = (await this.link.localPeople(doorId)).find(({ id }) => id === personId);
    if (found) return found;
    throw new AppError('not-found', 'local-people/not-found', 'Nobody of this id waits at this door.', {
      detail: 'They may have been accepted, refused or deleted meanwhile. List them again.',
    });
  }

  private async siteOf(doorId: DoorId, by: SignedIn): Promise<string> {
    const { door } = await this.doors.get(doorId);
    by.access.require('enrolment:write', door.siteId);
    return door.siteId;
  }
}
