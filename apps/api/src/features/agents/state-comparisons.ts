import { Injectable } from '@nestjs/common';
import { differingParts, type SyncDigest } from '@munjigi/contracts';
import { PinoLogger } from 'nestjs-pino';
import { LiveBus } from '../../platform/realtime/live-bus';
import { DoorProgress } from '../doors/door-progress';
import { DoorEventLog } from '../events/door-event-log';
import { SyncService } from './sync.service';

/** What a comparison came to. */
export interface Comparison {
  readonly verdict: 'same' | 'different' | 'unsettled';
  /** Those that differ. */
  readonly parts: number[];
}

/** Compares what doors hold with what they should, and tells of a difference when it comes and when it is gone. */
@Injectable()
export class StateComparisons {
  constructor(
    private readonly sync: SyncService,
    private readonly progress: DoorProgress,
    private readonly log: DoorEventLog,
    private readonly bus: LiveBus,
    private readonly logger: PinoLogger,
  ) {}

  /** Compares a door's digests with those of what it should hold at the same revision. */
  async compare(
    { doorId, modelId }: { doorId: string; modelId: string },
    { revision, parts }: Pick<SyncDigest, 'revision' | 'parts'>,
  ): Promise<Comparison> {
    const wanted = await this.sync.digest({ doorId, modelId, revision });
    if (!wanted) return { verdict: 'unsettled', parts: [] };
    const differing = differingParts(parts, wanted);
    await this.note(doorId, differing.length);
    return { verdict: differing.length === 0 ? 'same' : 'different', parts: differing };
  }

  private async note(doorId: string, parts: number): Promise<void> {
    const agrees = parts === 0;
    const before = await this.progress.compared(doorId, agrees);
    if (!agrees) this.logger.warn({ doorId, parts }, 'a door holds something else than it should');
    if (!agrees && before !== false)
      await this.log.note([{ doorId, kind: 'state-drift', details: { parts } }]);
    if (agrees && before === false) await this.log.note([{ doorId, kind: 'state-healed', details: {} }]);
    this.bus.send('door', { doorId });
  }
}
