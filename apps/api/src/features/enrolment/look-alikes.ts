import { Injectable } from '@nestjs/common';
import type { LookAlike, NotTheSamePerson, PersonId } from '@munjigi/contracts';
import { thresholdForRisk, type Calibration } from '@munjigi/face-core';
import { In, type EntityManager } from 'typeorm';
import { AppError } from '../../platform/errors/app-error';
import { Similarities } from '../../platform/vision/similarities';
import { canRead } from '../people/person-access';
import { Person } from '../people/person.entity';
import type { Writer } from '../people/person-writer';
import { OrganisationGallery, type Alike } from './organisation-gallery';

/** The false-match rate at which two faces count as one person's. */
const DUPLICATE_FMR = 1e-6;
/** So far below the lowest threshold of any door a look-alike begins: doors want such a lead over the second best. */
const NEIGHBOURHOOD = 0.05;
/** Above the model's own threshold, where nobody has measured what its similarities mean. */
const UNCALIBRATED_LEAD = 0.15;
/** Whoever checks and then adds a template does so alone, in all processes: two enrolments of one face see each other. */
const ENROLMENT_LOCK = 0x6d6e6a65;

/** Finds people who look like somebody that is to be enrolled. */
@Injectable()
export class LookAlikes {
  constructor(
    private readonly gallery: OrganisationGallery,
    private readonly similarities: Similarities,
  ) {}

  /** Makes ready what takes long; call it before the transaction. */
  ready(): Promise<void> {
    return this.gallery.ready();
  }

  /** Everybody else who is as alike as a duplicate or a look-alike, best first; holds other enrolments until the end. */
  async find(
    manager: EntityManager,
    personId: string,
    embeddings: readonly Float32Array[],
    by: Pick<Writer, 'access'>,
  ): Promise<(LookAlike & { personId: string })[]> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [ENROLMENT_LOCK]);
    const { duplicateMin, lookAlikeMin } = await this.thresholds(manager);
    const alike = await this.gallery.search(manager, embeddings);
    const others = alike.filter((each) => each.personId !== personId && each.similarity >= lookAlikeMin);
    const people = await manager.findBy(Person, { id: In(others.map((each) => each.personId)) });
    return others.flatMap((each: Alike) => {
      const person = people.find(({ id }) => id === each.personId);
      // Deleted in this very transaction.
      if (!person) return [];
      const shown = canRead(by, person.siteId) ? { id: person.id as PersonId, name: person.name } : null;
      const kind = each.similarity >= duplicateMin ? 'duplicate' : 'look-alike';
      return [{ kind, similarity: rounded(each.similarity), person: shown, personId: person.id } as const];
    });
  }

  private async thresholds(manager: EntityManager): Promise<{ duplicateMin: number; lookAlikeMin: number }> {
    const [{ lowest }] = await manager.query<[{ lowest: number | null }]>(
      `SELECT min((settings->>'similarityMin')::double precision) AS lowest FROM door`,
    );
    const model = this.similarities.model.similarityMin;
    const calibration = (await this.similarities.calibration())?.calibration;
    const duplicateMin = calibration ? similarityAt(calibration) : Math.min(0.99, model + UNCALIBRATED_LEAD);
    return { duplicateMin, lookAlikeMin: Math.min(duplicateMin, model, lowest ?? model) - NEIGHBOURHOOD };
  }
}

/**
 * Refuses an enrolment of somebody who looks like others, unless the asker is sure that it is nobody of them.
 *
 * @throws {AppError} `enrolment/duplicate`, `enrolment/look-alike`, `enrolment/reason-missing`
 */
export function refuseLookAlikes(found: readonly LookAlike[], { confirm, reason }: NotTheSamePerson): void {
  if (confirm && reason === undefined) {
    throw new AppError('invalid', 'enrolment/reason-missing', 'A reason is missing.', {
      detail: 'Say in “reason” how you know that it is not the same person.',
      issues: [{ path: 'reason', message: 'is needed with confirm' }],
    });
  }
  const [first] = found;
  if (!first || confirm) return;
  const isDuplicate = first.kind === 'duplicate';
  const name = first.person?.name ?? 'somebody whom you may not see';
  throw new AppError(
    'conflict',
    isDuplicate ? 'enrolment/duplicate' : 'enrolment/look-alike',
    isDuplicate
      ? 'This person seems to be enrolled already.'
      : 'Somebody enrolled looks very much like this person.',
    {
      detail:
        `The face is like that of ${name} (similarity ${first.similarity}). If it is the same person, use that ` +
        'entry; if not, send it again with confirm “not-the-same-person” and a reason.',
      facts: { lookAlikes: found.map(({ kind, similarity, person }) => ({ kind, similarity, person })) },
    },
  );
}

function similarityAt(calibration: Calibration): number {
  const found = thresholdForRisk(calibration, { fpirMax: DUPLICATE_FMR, gallerySize: 1 });
  if (!('refused' in found)) return found.similarityMin;
  return Math.min(0.99, Math.max(...calibration.points.map(({ similarity }) => similarity)));
}

function rounded(similarity: number): number {
  return Math.round(Math.min(1, similarity) * 1000) / 1000;
}
