import { setTimeout as delay } from 'node:timers/promises';
import { Random } from '../seed/random';
import type { FleetFigures, FleetNews, FleetOrder } from './fleet-protocol';
import { SimulatedAgent } from './simulated-agent';

/** Agents that connect at once. */
const CONNECTING_MAX = 20;
/** Of so many batches, one is cut off on its way. */
const BREAK_EVERY = 200;
const EVENTS_PER_PUSH_MAX = 500;

/** Many agents in a process of their own, so that they do not slow down who measures reads. */
class Fleet {
  private agents: SimulatedAgent[] = [];
  private random = new Random(0);
  private broken = 0;
  private flowing = false;
  private flows: Promise<void>[] = [];
  private flowed = { startedAt: 0, acknowledged: 0 };

  async connect({ url, agents, people, seed }: FleetOrder & { type: 'connect' }): Promise<FleetNews> {
    const startedAt = performance.now();
    this.random = new Random(seed);
    this.agents = agents.map(
      (identity, index) => new SimulatedAgent(url, identity, people, new Random(seed * 1_000_003 + index)),
    );
    const rest = [...this.agents];
    const connect = async () => {
      for (let agent = rest.pop(); agent; agent = rest.pop()) await agent.connect();
    };
    await Promise.all(Array.from({ length: CONNECTING_MAX }, connect));
    return { type: 'connected', seconds: secondsSince(startedAt) };
  }

  async flood({ seconds, batch }: FleetOrder & { type: 'flood' }): Promise<FleetNews> {
    const startedAt = performance.now();
    const deadline = startedAt + seconds * 1000;
    let acknowledged = 0;
    await Promise.all(
      this.agents.map(async (agent) => {
        while (performance.now() < deadline) {
          if (agent.waiting < batch) agent.happen(batch - agent.waiting);
          if (this.random.below(BREAK_EVERY) === 0) await this.breakOff(agent, batch);
          else {
            const count = await agent.push(batch);
            acknowledged += count;
          }
        }
      }),
    );
    return { type: 'flooded', figures: this.figures(startedAt, acknowledged) };
  }

  flow({ rate }: FleetOrder & { type: 'flow' }): undefined {
    const pauseMs = (this.agents.length / rate) * 1000;
    this.flowing = true;
    this.flowed = { startedAt: performance.now(), acknowledged: 0 };
    if (rate > 0) this.flows = this.agents.map((agent) => this.flowAgent(agent, pauseMs));
    return undefined;
  }

  async finish(): Promise<FleetNews> {
    this.flowing = false;
    await Promise.all(this.flows);
    const figures = this.figures(this.flowed.startedAt || performance.now(), this.flowed.acknowledged);
    for (const agent of this.agents) while (agent.waiting > 0) await agent.push(EVENTS_PER_PUSH_MAX);
    const lastSequences = this.agents.map((agent) => agent.lastSequence);
    for (const agent of this.agents) agent.close();
    return { type: 'finished', figures, lastSequences };
  }

  /** One event after the other, as people come: each is sent at once. */
  private async flowAgent(agent: SimulatedAgent, pauseMs: number): Promise<void> {
    let nextAt = performance.now() + this.random.unit() * pauseMs;
    while (this.flowing) {
      const waitMs = nextAt - performance.now();
      if (waitMs > 0) await delay(Math.min(waitMs, 500));
      if (performance.now() < nextAt) continue;
      while (nextAt <= performance.now()) {
        agent.happen(1);
        nextAt += pauseMs * (0.5 + this.random.unit());
      }
      const count = await agent.push(EVENTS_PER_PUSH_MAX);
      this.flowed.acknowledged += count;
    }
  }

  private async breakOff(agent: SimulatedAgent, batch: number): Promise<void> {
    this.broken++;
    await agent.pushAndBreak(batch);
  }

  private figures(startedAt: number, acknowledged: number): FleetFigures {
    const acknowledgedMs = this.agents.flatMap((agent) => agent.acknowledgedMs.splice(0));
    return { seconds: secondsSince(startedAt), acknowledged, acknowledgedMs, broken: this.broken };
  }
}

function secondsSince(startedAt: number): number {
  return (performance.now() - startedAt) / 1000;
}

const fleet = new Fleet();

function follow(order: FleetOrder): Promise<FleetNews | undefined> | undefined {
  switch (order.type) {
    case 'connect':
      return fleet.connect(order);
    case 'flood':
      return fleet.flood(order);
    case 'flow':
      return fleet.flow(order);
    case 'finish':
      return fleet.finish();
  }
}

process.on('message', (order: FleetOrder) => {
  Promise.resolve(follow(order)).then(
    (news) => news && process.send?.(news),
    (error: unknown) => process.send?.({ type: 'failed', message: String(error) } satisfies FleetNews),
  );
});
process.once('disconnect', () => process.exit(0));
