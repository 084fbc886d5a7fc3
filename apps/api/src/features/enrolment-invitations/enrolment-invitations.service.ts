import { Injectable } from '@nestjs/common';
import type {
  AcceptEnrolmentInvitation,
  enrolmentInvitationSchema,
  openedEnrolmentInvitationSchema,
} from '@munjigi/contracts';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import { systemActor } from '../../platform/audit/actor';
import { Access } from '../../platform/auth/access';
import type { SignedIn } from '../../platform/auth/session-store';
import { newToken, tokenHash } from '../../platform/auth/token';
import { AppError } from '../../platform/errors/app-error';
import { ConsentsService } from '../consents/consents.service';
import { EnrolmentService } from '../enrolment/enrolment.service';
import { PeopleRepository } from '../people/people.repository';
import type { Writer } from '../people/person-writer';
import type { EnrolmentInvitationRow } from './enrolment-invitation.entity';
import {
  consentNeeded,
  invitationInvalid,
  needsSomebody,
  noInvitation,
  tooManyLooks,
} from './enrolment-invitations.errors';
import { EnrolmentInvitationsRepository } from './enrolment-invitations.repository';

const VALID_MS = 7 * 24 * 3_600_000;
/** Ten minutes before a camera, at one picture a second. */
const LOOKS_MAX = 600;

/** Links with which people enrol their own faces, on their own phones, each once. */
@Injectable()
export class EnrolmentInvitationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly invitations: EnrolmentInvitationsRepository,
    private readonly people: PeopleRepository,
    private readonly consents: ConsentsService,
    private readonly enrolment: EnrolmentService,
    private readonly audit: Audit,
  ) {}

  /** Makes an invitation; the one before ends. @throws {AppError} `people/not-found`, `auth/forbidden` */
  async make(personId: string, by: SignedIn): Promise<z.input<typeof enrolmentInvitationSchema>> {
    const token = newToken();
    const expiresAt = new Date(Date.now() + VALID_MS);
    await this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, personId);
      by.access.require('enrolment:write', person.siteId);
      const invitation = { personId, tokenHash: tokenHash(token), invitedBy: by.actorName, expiresAt };
      await this.invitations.put(manager, invitation);
      const entry = {
        by,
        action: 'person/invited-to-enrol',
        subjectId: personId,
        siteId: person.siteId,
      } as const;
      await this.audit.record(manager, { ...entry, details: { expiresAt: expiresAt.toISOString() } });
    });
    return { token, expiresAt: expiresAt.toISOString() };
  }

  /** Takes an invitation back. @throws {AppError} `people/not-found`, `auth/forbidden`, `enrolment/no-invitation` */
  async takeBack(personId: string, by: SignedIn): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const person = await this.people.lock(manager, personId);
      by.access.require('enrolment:write', person.siteId);
      if (!(await this.invitations.remove(manager, personId))) throw noInvitation();
      const entry = { by, action: 'person/invitation-ended', subjectId: personId } as const;
      await this.audit.record(manager, { ...entry, siteId: person.siteId });
    });
  }

  /** @throws {AppError} `enrolment/invitation-invalid` */
  async open(token: string): Promise<z.input<typeof openedEnrolmentInvitationSchema>> {
    const invitation = await this.usable(token);
    const { person } = await this.people.get(invitation.personId);
    const isAsked = await this.consents.isMissing(person.id);
    const [newest] = isAsked ? (await this.consents.texts()).items : [];
    return {
      name: person.name,
      organisation: await this.invitations.organisation(),
      expiresAt: invitation.expiresAt.toISOString(),
      consent: newest ? { textVersion: newest.version, texts: newest.texts } : null,
    };
  }

  /** Says what is to be seen on a picture. @throws {AppError} `enrolment/…` */
  async look(token: string, photo: Uint8Array) {
    const { tokenHash: hash } = await this.usable(token);
    if (!(await this.invitations.countLook(hash, LOOKS_MAX))) throw tooManyLooks();
    return this.enrolment.look(photo);
  }

  /**
   * Enrols the invited person, with their consent where it is asked for, and uses the invitation up: all of it or nothing.
   *
   * @throws {AppError} `enrolment/…` that says why not; the invitation can be used again
   */
  async accept(
    token: string,
    { photo, textVersion }: { readonly photo: Uint8Array } & AcceptEnrolmentInvitation,
    address: string | null,
  ): Promise<void> {
    const invitation = await this.usable(token);
    const newest = await this.open(token);
    if (newest.consent && newest.consent.textVersion !== textVersion) throw consentNeeded();
    const by = invited(invitation, address);
    try {
      await this.enrolment.enrolPhoto(
        invitation.personId,
        { photo, confirmation: {} },
        by,
        async (manager, person) => {
          const { personId, tokenHash: hash } = invitation;
          if (!(await this.invitations.remove(manager, personId, hash))) throw invitationInvalid();
          if (newest.consent === null) return;
          const consent = { textVersion: newest.consent.textVersion, how: 'invitation' } as const;
          await this.consents.add(manager, person, consent, by);
        },
      );
    } catch (error) {
      if (error instanceof AppError && /duplicate|look-alike/.test(error.code)) throw needsSomebody(error);
      throw error;
    }
  }

  /** @throws {AppError} `enrolment/invitation-invalid` */
  async requireUsable(token: string): Promise<void> {
    await this.usable(token);
  }

  private async usable(token: string): Promise<EnrolmentInvitationRow> {
    const found = await this.invitations.find(tokenHash(token));
    if (!found) throw invitationInvalid();
    return found;
  }
}

/** Whoever holds a link: they enrol this person, and see nobody. */
function invited({ invitedBy }: EnrolmentInvitationRow, address: string | null): Writer {
  const access = new Access([{ permissions: ['enrolment:write'], siteId: null }]);
  return { ...systemActor(`invitation by ${invitedBy}`), address, access };
}
