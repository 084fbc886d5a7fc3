import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Cluster } from '../../platform/cluster/cluster';
import { AgentLink } from '../agents/agent-link';

const LEASE_MS = 10_000;
/** Twice in a lease, so that one lost message does not stop the picture. */
const RENEW_MS = 4_000;
const FRAMES_PER_SECOND_MAX = 10;

/** Keeps doors sending pictures exactly while somebody watches them. */
@Injectable()
export class PreviewLeases implements OnApplicationShutdown {
  private readonly watchedBy = new Map<string, ReadonlySet<string>>();
  private readonly stopArrivals: () => void;
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly link: AgentLink,
    private readonly cluster: Cluster,
  ) {
    this.stopArrivals = link.onArrival((doorId) => {
      if (this.isWatched(doorId)) this.lease(doorId);
    });
  }

  /** Sets which doors one watcher sees; an empty list ends its watching. */
  watch(watcherId: string, doorIds: readonly string[]): void {
    const before = this.watched();
    if (doorIds.length === 0) this.watchedBy.delete(watcherId);
    else this.watchedBy.set(watcherId, new Set(doorIds));
    const after = this.watched();
    for (const doorId of after) if (!before.has(doorId)) this.lease(doorId);
    for (const doorId of before) if (!after.has(doorId)) this.end(doorId);
    this.keepRenewing(after.size > 0);
  }

  isWatched(doorId: string): boolean {
    return this.watched().has(doorId);
  }

  onApplicationShutdown(): void {
    this.stopArrivals();
    this.keepRenewing(false);
  }

  private watched(): Set<string> {
    return new Set([...this.watchedBy.values()].flatMap((doorIds) => [...doorIds]));
  }

  private lease(doorId: string): void {
    this.link.watch(doorId, { leaseMs: LEASE_MS, framesPerSecondMax: FRAMES_PER_SECOND_MAX });
  }

  private end(doorId: string): void {
    // A console at another process may still watch it; if none does, the lease runs out by itself.
    if (this.cluster.clustered) return;
    this.link.watch(doorId, { leaseMs: 0, framesPerSecondMax: FRAMES_PER_SECOND_MAX });
  }

  private keepRenewing(needed: boolean): void {
    if (needed && !this.timer) {
      this.timer = setInterval(() => this.watched().forEach((doorId) => this.lease(doorId)), RENEW_MS);
    } else if (!needed) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }
}
