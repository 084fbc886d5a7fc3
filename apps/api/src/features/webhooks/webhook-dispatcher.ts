import {
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import { WebhookDeliveries } from './webhook-deliveries';
import { WebhookOutbox } from './webhook-outbox';
import { WebhookSending } from './webhook-sending';

/** How often what others added, or what became due, is looked for. */
const POLL_MS = 1_000;
/** Longer than an attempt can take. */
const LEASE_MS = 60_000;
/** Attempts at once in one process, and of them at one webhook: one that hangs does not hold up the others. */
const AT_ONCE = 16;
const AT_ONCE_OF_ONE = 3;

/**
 * Sends what waits in the outbox. Several processes may do so on one database: each message is one's at a time, and
 * that of a process which was killed is another's after a minute.
 */
@Injectable()
export class WebhookDispatcher
  implements OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  private readonly underWay = new Map<Promise<void>, string>();
  private readonly stopping = new AbortController();
  private timer?: NodeJS.Timeout;
  private looking?: Promise<void>;
  private lookAgain = false;
  private quit?: () => void;

  constructor(
    private readonly deliveries: WebhookDeliveries,
    private readonly sending: WebhookSending,
    private readonly outbox: WebhookOutbox,
    private readonly logger: PinoLogger,
  ) {}

  onApplicationBootstrap(): void {
    this.quit = this.outbox.onAdded(() => this.look());
    this.look();
  }

  beforeApplicationShutdown(): void {
    this.quit?.();
    clearTimeout(this.timer);
    this.stopping.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking;
    await Promise.all(this.underWay.keys());
  }

  /** Looks for messages now, and from then on at intervals. */
  private look(): void {
    if (this.stopping.signal.aborted) return;
    clearTimeout(this.timer);
    if (this.looking) {
      this.lookAgain = true;
      return;
    }
    this.lookAgain = false;
    this.looking = this.begin()
      .catch((err: unknown) => this.logger.warn({ err }, 'messages to webhooks could not be looked for'))
      .finally(() => {
        this.looking = undefined;
        if (this.stopping.signal.aborted) return;
        this.timer = setTimeout(() => this.look(), this.lookAgain ? 0 : POLL_MS);
        this.timer.unref();
      });
  }

  private async begin(): Promise<void> {
    while (!this.stopping.signal.aborted && this.underWay.size < AT_ONCE) {
      const delivery = await this.deliveries.claim(this.busy(), LEASE_MS);
      if (!delivery) return;
      const sent = this.sending
        .attempt(delivery, this.stopping.signal)
        // Its lease runs out, and it is tried again.
        .catch((err: unknown) => this.logger.warn({ err }, 'a message to a webhook could not be dealt with'))
        .finally(() => {
          this.underWay.delete(sent);
          this.look();
        });
      this.underWay.set(sent, delivery.webhookId);
    }
  }

  private busy(): string[] {
    const all = [...this.underWay.values()];
    return [...new Set(all)].filter((id) => all.filter((other) => other === id).length >= AT_ONCE_OF_ONE);
  }
}
