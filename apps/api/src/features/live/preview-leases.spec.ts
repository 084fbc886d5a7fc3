import type { Cluster } from '../../platform/cluster/cluster';
import type { AgentLink } from '../agents/agent-link';
import { PreviewLeases } from './preview-leases';

/** Notes what doors are asked. */
class NotingLink implements Pick<AgentLink, 'watch' | 'onArrival'> {
  readonly asked: [string, number][] = [];
  arrive: (doorId: string) => void = () => undefined;

  watch(doorId: string, { leaseMs }: { leaseMs: number }): void {
    this.asked.push([doorId, leaseMs]);
  }

  onArrival(listener: (doorId: string) => void): () => void {
    this.arrive = listener;
    return () => (this.arrive = () => undefined);
  }

  take(): [string, number][] {
    return this.asked.splice(0);
  }
}

describe('PreviewLeases', () => {
  let link: NotingLink;
  let leases: PreviewLeases;

  beforeEach(() => {
    jest.useFakeTimers();
    link = new NotingLink();
    leases = new PreviewLeases(link as unknown as AgentLink, { clustered: false } as Cluster);
  });
  afterEach(() => {
    leases.onApplicationShutdown();
    jest.useRealTimers();
  });

  it('renews a lease before it ends, for as long as somebody watches', () => {
    leases.watch('one', ['front']);
    const [[, leaseMs] = ['', 0]] = link.take();
    jest.advanceTimersByTime(leaseMs * 3);
    const renewals = link.take();
    expect(renewals.length).toBeGreaterThanOrEqual(6);
    expect(renewals.every(([doorId]) => doorId === 'front')).toBe(true);
    leases.watch('one', []);
    expect(link.take()).toEqual([['front', 0]]);
    jest.advanceTimersByTime(leaseMs * 3);
    expect(link.take()).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('ends a door’s lease with its last watcher', () => {
    leases.watch('one', ['front']);
    leases.watch('two', ['front', 'back']);
    link.take();
    leases.watch('one', []);
    expect(link.take()).toEqual([]);
    leases.watch('two', ['back']);
    expect(link.take()).toEqual([['front', 0]]);
    expect(leases.isWatched('front')).toBe(false);
    expect(leases.isWatched('back')).toBe(true);
  });

  it('asks a door that arrives only when it is watched', () => {
    leases.watch('one', ['front']);
    link.take();
    link.arrive('back');
    expect(link.take()).toEqual([]);
    link.arrive('front');
    expect(link.take()).toHaveLength(1);
  });
});
