import { Injectable } from '@nestjs/common';
import { readCalibration, type FoundCalibration } from '@munjigi/face-core';
import { PinoLogger } from 'nestjs-pino';
import type { KnownModel } from './known-model';

/** What the similarities of the model mean that the server enrols with. */
@Injectable()
export class Similarities {
  constructor(
    readonly model: KnownModel,
    private readonly modelsDirectory: string | undefined,
    private readonly logger: PinoLogger,
  ) {}

  /** The calibration as it is now; undefined where there is none, or none that can be used: a door takes it so too. */
  async calibration(): Promise<FoundCalibration | undefined> {
    try {
      return await readCalibration(this.model.modelId, { directory: this.modelsDirectory });
    } catch (err) {
      this.logger.warn({ err }, 'calibration cannot be used');
      return undefined;
    }
  }
}
