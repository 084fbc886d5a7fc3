import type { DoorSettings, UnmetRisk } from '@munjigi/contracts';
import type { Logger } from 'pino';
import { chooseThreshold, type MeasuredModel, type Threshold } from '../domain/threshold';

/** What the threshold depends on beside the model. */
export interface ThresholdBasis {
  readonly settings: DoorSettings;
  /** Templates that a probe is compared with. */
  readonly templateCount: number;
}

const WHAT_TO_DO: Readonly<Record<UnmetRisk, string>> = {
  'not-calibrated': 'Measure the model with npm run calibrate and start again, or set a threshold by hand.',
  'past-data': 'Measure more comparisons with npm run calibrate and start again, or let the door risk more.',
};

/** Holds the threshold that the door decides by; chosen anew when told that people or settings changed, not per face. */
export class ThresholdKeeper {
  readonly #basis: ThresholdBasis;
  readonly #model: MeasuredModel;
  readonly #log: Logger;
  #threshold: Threshold;
  #settingsTold: string | null = null;
  #unmetTold: string | null = null;

  constructor(options: { basis: ThresholdBasis; model: MeasuredModel; log: Logger }) {
    this.#basis = options.basis;
    this.#model = options.model;
    this.#log = options.log;
    this.#threshold = this.#choose();
    this.#tell();
  }

  /** Similarity from which a probe may be a person, now. */
  get similarityMin(): number {
    return this.#threshold.similarityMin;
  }

  /** What is decided by, and why. */
  get current(): Threshold {
    return this.#threshold;
  }

  /** People or settings changed. */
  update(): void {
    this.#threshold = this.#choose();
    this.#tell();
  }

  #choose(): Threshold {
    const { settings, templateCount } = this.#basis;
    return chooseThreshold(settings, { model: this.#model, gallerySize: templateCount });
  }

  /** Every change in detail; once for each setting what holds, and once for each risk that it cannot be promised. */
  #tell(): void {
    const { similarityMin, reason, unmet } = this.#threshold;
    const { settings, templateCount } = this.#basis;
    const { fpirMax } = settings;
    const fields = { similarityMin, reason, fpirMax, templates: templateCount };
    const set = JSON.stringify([settings.similarityMin, fpirMax]);
    this.#log[set === this.#settingsTold ? 'debug' : 'info'](fields, 'threshold in force');
    this.#settingsTold = set;
    const isNew = unmet !== null && `${unmet} ${fpirMax}` !== this.#unmetTold;
    if (!isNew) return;
    this.#unmetTold = `${unmet} ${fpirMax}`;
    const told = { ...fields, unmet, whatToDo: WHAT_TO_DO[unmet] };
    this.#log.warn(told, 'risk cannot be promised, strictest known threshold in force');
  }
}
