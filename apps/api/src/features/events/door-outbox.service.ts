import { Injectable } from '@nestjs/common';
import type {
  DoorOutboxVerificationQuery as VerificationQuery,
  doorOutboxSchema,
  doorOutboxVerificationSchema,
} from '@munjigi/contracts';
import type { z } from 'zod';
import type { SignedIn } from '../../platform/auth/session-store';
import { AppError } from '../../platform/errors/app-error';
import { HealthChecks, type CheckResult } from '../../platform/health/health-checks';
import { DeviceKeys } from '../devices/device-keys';
import { DoorsRepository } from '../doors/doors.repository';
import { presentOutbox } from './door-outbox.presenter';
import { DoorOutboxRepository } from './door-outbox.repository';
import { OutboxVerification } from './outbox-verification';
import { StoredChain } from './stored-chain';

/** How many events are read at once, and in one request. */
const EVENTS_PER_READ = 2_000;
const EVENTS_PER_VERIFICATION = 50_000;

/** For so long a gap is told of by the server's health; after that it is history. */
const GAP_DAYS = 7;

/** Tells whether what the doors said is all there. */
@Injectable()
export class DoorOutboxService {
  constructor(
    private readonly outboxes: DoorOutboxRepository,
    private readonly doors: DoorsRepository,
    private readonly chain: StoredChain,
    private readonly keys: DeviceKeys,
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

  /**
   * Reads what is stored of one of a door's outboxes and reckons its chain anew; long ones in parts.
   *
   * @throws {AppError} `doors/not-found`, `auth/forbidden`, `doors/no-such-outbox`
   */
  async verify(
    doorId: string,
    { epoch, after }: VerificationQuery,
    by: SignedIn,
  ): Promise<z.input<typeof doorOutboxVerificationSchema>> {
    const { door } = await this.doors.get(doorId);
    by.access.require('audit:read', door.siteId);
    const facts = await this.chain.factsOf(doorId, epoch ?? null);
    if (!facts) throw noSuchOutbox();
    const [serverId, publicKeys] = [await this.keys.serverId(), await this.keys.publicKeysOf(doorId)];
    const verification = new OutboxVerification(facts, { doorId, serverId, publicKeys });
    // The last of the part before is read again: the first of this one follows from it.
    let from = Math.max(0, after - 1);
    for (let read = 0; read < EVENTS_PER_VERIFICATION;) {
      const range = { from, through: facts.acknowledged, limit: EVENTS_PER_READ };
      const events = await this.chain.after(doorId, facts.epoch, range);
      for (const event of events) verification.add(event);
      if (events.length < EVENTS_PER_READ) return verification.result(true);
      read += events.length;
      from = verification.sequence;
    }
    return verification.result(false);
  }

  private async check(): Promise<CheckResult> {
    const { deadLetters, doorsWithGaps, doorsBroken } = await this.outboxes.troubles(GAP_DAYS);
    if (deadLetters + doorsWithGaps + doorsBroken === 0) return { status: 'up' };
    const message = `${deadLetters} events were set aside and not seen to; ${doorsWithGaps} doors have lost events in the last ${GAP_DAYS} days; the chain of ${doorsBroken} doors is broken.`;
    return { status: 'degraded', message };
  }
}

function noSuchOutbox(): AppError {
  return new AppError('not-found', 'doors/no-such-outbox', 'The door has sent nothing of such an outbox.');
}
