import { Injectable } from '@nestjs/common';
import { dismissFirstRunRequestSchema, type FirstRun } from '@munjigi/contracts';
import type { SignedIn } from '../../platform/auth/session-store';
import { Settings, type SettingsKind } from '../../platform/settings/settings';
import { FirstRunRepository } from './first-run.repository';

const FIRST_RUN_SETTINGS: SettingsKind<typeof dismissFirstRunRequestSchema> = {
  key: 'first-run',
  schema: dismissFirstRunRequestSchema,
  initial: { dismissed: false },
};

/** How far a new deployment is; read off what there is, so that it is true whichever way that came about. */
@Injectable()
export class FirstRunService {
  constructor(
    private readonly firstRun: FirstRunRepository,
    private readonly settings: Settings,
  ) {}

  /** @throws {AppError} `auth/forbidden` to whom not the whole organisation is open */
  async get(by: SignedIn): Promise<FirstRun> {
    by.access.require('settings:read', null);
    const [progress, { dismissed }] = await Promise.all([
      this.firstRun.progress(),
      this.settings.get(FIRST_RUN_SETTINGS),
    ]);
    return { dismissed, ...progress };
  }

  /** @throws {AppError} `auth/forbidden` */
  async dismiss(dismissed: boolean, by: SignedIn): Promise<FirstRun> {
    by.access.require('settings:write', null);
    await this.settings.set(FIRST_RUN_SETTINGS, { dismissed }, by);
    return this.get(by);
  }
}
