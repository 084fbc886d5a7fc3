import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { KeyRotation } from './key-rotation';
import { TransformRenewal } from './transform-renewal';

/** How long to wait after a failure, such as a key service that is away. */
const RETRY_MS = 5_000;

/**
 * Does what a rotation or a renewal left to do, in the background: when one begins, and at the start of each process.
 * Several processes share the work; a batch is of one.
 */
@Injectable()
export class SecretWork implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private working?: Promise<void>;
  private again = false;

  constructor(
    private readonly rotation: KeyRotation,
    private readonly renewal: TransformRenewal,
    private readonly logger: PinoLogger,
  ) {}

  onApplicationBootstrap(): void {
    this.wake();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.working;
  }

  /** Looks for work; returns at once. */
  wake(): void {
    this.again = true;
    this.working ??= this.run().finally(() => (this.working = undefined));
  }

  /** Resolves when nothing is left to do here. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (this.again && !signal.aborted) {
      this.again = false;
      try {
        await this.work(signal);
      } catch (err) {
        if (signal.aborted) return;
        this.logger.warn({ err }, 'keys could not be wrapped or templates turned, trying again');
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, RETRY_MS);
          signal.addEventListener('abort', () => {
            clearTimeout(timer);
            resolve();
          });
        });
        this.again = true;
      }
    }
  }

  private async work(signal: AbortSignal): Promise<void> {
    const keys = await untilNone(() => this.rotation.advance(), signal);
    const templates = await untilNone(() => this.renewal.advance(), signal);
    if (signal.aborted) return;
    const masterKeys = await this.rotation.retire();
    const transforms = await this.renewal.retire();
    const done = { keys, templates, masterKeys, transforms };
    if (keys + templates + masterKeys.length + transforms.length > 0) {
      this.logger.info(done, 'keys wrapped and templates turned');
    }
  }
}

async function untilNone(advance: () => Promise<number>, signal: AbortSignal): Promise<number> {
  for (let total = 0; ;) {
    const done = signal.aborted ? 0 : await advance();
    if (done === 0) return total;
    total += done;
  }
}
