import { Injectable } from '@nestjs/common';
import { doorSettingsSchema, type DoorRiskQuery, type doorRiskSchema } from '@munjigi/contracts';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import { Similarities } from '../../platform/vision/similarities';
import { PeopleRepository } from '../people/people.repository';
import { presentDoorRisk } from './door-risk.presenter';
import { DoorsRepository } from './doors.repository';

/** What to expect of a door's threshold, with the people who are enrolled now. */
@Injectable()
export class DoorRiskService {
  constructor(
    private readonly doors: DoorsRepository,
    private readonly people: PeopleRepository,
    private readonly similarities: Similarities,
  ) {}

  /** @throws {AppError} `doors/not-found`, `auth/forbidden` */
  async get(
    id: string,
    { similarityMin }: DoorRiskQuery,
    by: SignedIn,
  ): Promise<z.input<typeof doorRiskSchema>> {
    const { door } = await this.doors.get(id);
    by.access.require('doors:read', door.siteId);
    const { model } = this.similarities;
    return presentDoorRisk({
      model,
      found: await this.similarities.calibration(),
      gallerySize: await this.people.templateCountAt(id, model.modelId),
      settings: doorSettingsSchema.parse(door.settings),
      asked: similarityMin,
    });
  }
}
