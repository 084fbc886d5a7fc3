import { Injectable } from '@nestjs/common';
import type { DoorScoresQuery, doorScoresSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import { DoorsRepository } from '../doors/doors.repository';
import { DoorScoresRepository } from './door-scores.repository';

const DAY_MS = 86_400_000;

/** What similarities doors have met. */
@Injectable()
export class DoorScoresService {
  constructor(
    private readonly doors: DoorsRepository,
    private readonly scores: DoorScoresRepository,
  ) {}

  /** @throws {AppError} `doors/not-found`, `auth/forbidden` */
  async get(
    doorId: string,
    { days }: DoorScoresQuery,
    by: SignedIn,
  ): Promise<z.input<typeof doorScoresSchema>> {
    const { door } = await this.doors.get(doorId);
    by.access.require('events:read', door.siteId);
    const until = new Date();
    const from = new Date(until.getTime() - days * DAY_MS);
    const period = { from: from.toISOString(), until: until.toISOString() };
    return { doorId, ...period, ...(await this.scores.count(doorId, from)) };
  }
}
