import { Injectable } from '@nestjs/common';
import type { doorOutboxSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import { HealthChecks, type CheckResult } from '../../platform/health/health-checks';
import { DoorsRepository } from '../doors/doors.repository';
import { presentOutbox } from './door-outbox.presenter';
import { DoorOutboxRepository } from './door-outbox.repository';

/** For so long a gap is told of by the server's health; after that it is history. */
const GAP_DAYS = 7;

/** Tells whether what the doors said is all there. */
@Injectable()
export class DoorOutboxService {
  constructor(
    private readonly outboxes: DoorOutboxRepository,
    private readonly doors: DoorsRepository,
    health: HealthChecks,
  ) {
    health.add('events', () => this.check());
  }

  /** @throws {AppError} `doors/not-found`, `auth/forbidden` */
  async get(doorId: string, by: SignedIn): Promise<z.input<typeof doorOutboxSchema>> {
    const { door } = await this.doors.get(doorId);
    by.access.require('events:read', door.siteId);
    return presentOutbox(await this.outboxes.epochsOf(doorId));
  }

  private async check(): Promise<CheckResult> {
    const { deadLetters, doorsWithGaps } = await this.outboxes.troubles(GAP_DAYS);
    if (deadLetters + doorsWithGaps === 0) return { status: 'up' };
    const message = `${deadLetters} events were set aside and not seen to; ${doorsWithGaps} doors have lost events in the last ${GAP_DAYS} days.`;
    return { status: 'degraded', message };
  }
}
