import { Injectable } from '@nestjs/common';
import type {
  DeadLettersQuery,
  DismissDeadLetterRequest,
  deadLetterSchema,
  deadLettersPageSchema,
} from '@munjigi/contracts';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Audit } from '../../platform/audit/audit';
import type { SignedIn } from '../../platform/auth/session-store';
import { AppError } from '../../platform/errors/app-error';
import type { DeadLetterRow } from './dead-letter.entity';
import { presentDeadLetter } from './dead-letter.presenter';
import { DeadLettersRepository } from './dead-letters.repository';
import { EventRecorder } from './event-recorder';
import type { EventBatch } from './event-batch';
import { readEvents } from './read-events';

type DeadLetterView = z.input<typeof deadLetterSchema>;

/** Events that were set aside, as people see and handle them. */
@Injectable()
export class DeadLettersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly letters: DeadLettersRepository,
    private readonly recorder: EventRecorder,
    private readonly audit: Audit,
  ) {}

  /** Those that somebody may see, newest first. */
  async list(query: DeadLettersQuery, by: SignedIn): Promise<z.input<typeof deadLettersPageSchema>> {
    const { items, nextCursor } = await this.letters.page(query, by.access.reach('events:read'));
    return { items: items.map(presentDeadLetter), nextCursor };
  }

  /**
   * Takes one into the account after all, at its own place.
   *
   * @throws {AppError} `dead-letters/not-found`, `auth/forbidden`, `dead-letters/settled`, `dead-letters/still-refused`
   */
  async retry(id: string, by: SignedIn): Promise<DeadLetterView> {
    const { letter } = await this.letters.get(id);
    by.access.require('doors:write', letter.siteId);
    const { doorId, epoch } = letter;
    const batch = { doorId, epoch, ...eventsOf(letter), startsAtOldest: false };
    const stored = await this.recorder.retry(batch, (manager) =>
      this.settle(manager, letter, { state: 'stored', note: null, by }),
    );
    if (!stored) throw stillRefused(letter.detail);
    return presentDeadLetter(await this.letters.get(id));
  }

  /** Lets one go; it stays to be read. @throws {AppError} as {@link retry} */
  async dismiss(id: string, { note }: DismissDeadLetterRequest, by: SignedIn): Promise<DeadLetterView> {
    const { letter } = await this.letters.get(id);
    by.access.require('doors:write', letter.siteId);
    await this.dataSource.transaction((manager) =>
      this.settle(manager, letter, { state: 'dismissed', note, by }),
    );
    return presentDeadLetter(await this.letters.get(id));
  }

  private async settle(
    manager: EntityManager,
    { id, siteId, doorId, epoch, sequence, reason }: DeadLetterRow,
    { state, note, by }: { state: 'stored' | 'dismissed'; note: string | null; by: SignedIn },
  ): Promise<void> {
    await this.letters.settle(manager, id, { state, settledBy: by.actorName, settledNote: note });
    await this.audit.record(manager, {
      by,
      action: `dead-letter/${state}`,
      subjectId: id,
      siteId,
      before: { state: 'open' },
      after: { state },
      reason: note ?? undefined,
      details: { doorId, epoch, sequence, reason },
    });
  }
}

/** @throws {AppError} `dead-letters/still-refused` */
function eventsOf({ event, epoch, sequence }: DeadLetterRow): Pick<EventBatch, 'events' | 'links'> {
  let json: object;
  try {
    json = JSON.parse(event) as object;
  } catch (cause) {
    throw stillRefused('It was too long to be kept whole.', cause);
  }
  const { events, letters, links } = readEvents(epoch, [{ ...json, sequence }]);
  const [letter] = letters;
  if (letter) throw stillRefused(letter.detail);
  return { events, links };
}

function stillRefused(detail: string, cause?: unknown): AppError {
  return new AppError('conflict', 'dead-letters/still-refused', 'The event cannot be stored now either.', {
    detail: `${detail} Dismiss it, or try again when what keeps it out is gone.`,
    cause,
  });
}
