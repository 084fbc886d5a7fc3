import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { HealthChecks } from '../../platform/health/health-checks';
import { Metrics } from '../../platform/metrics/metrics';
import { AgentLink } from './agent-link';

/** What is told of doors' agents: how many are connected here and anywhere, and how far the slowest is behind. */
@Injectable()
export class AgentMetrics {
  constructor(
    private readonly dataSource: DataSource,
    link: AgentLink,
    metrics: Metrics,
    health: HealthChecks,
  ) {
    metrics.gauge('munjigi_agents_connected', 'Agents that are connected to this process.', [], () => [
      { value: link.greeted.length },
    ]);
    metrics.gauge(
      'munjigi_agents_applied_revision_min',
      'The change up to which every agent that is connected to this process has all.',
      [],
      () => {
        const revisions = link.appliedRevisions;
        return revisions.length === 0 ? [] : [{ value: Math.min(...revisions) }];
      },
    );
    metrics.gauge('munjigi_doors', 'Doors of the whole deployment.', ['state'], async () => {
      const { online, offline } = await this.doors();
      return [
        { labels: { state: 'online' }, value: online },
        { labels: { state: 'offline' }, value: offline },
      ];
    });
    health.add('agents', async () => {
      const { online, offline } = await this.doors();
      if (offline === 0) return { status: 'up' };
      return { status: 'degraded', message: `${offline} of ${online + offline} doors are offline.` };
    });
  }

  /** A door that never had an agent is not offline: it is not there yet. */
  private async doors(): Promise<{ online: number; offline: number }> {
    const [row] = await this.dataSource.query<[{ online: number; offline: number }]>(
      `SELECT count(node_id)::float8 AS online,
         count(*) FILTER (WHERE node_id IS NULL AND last_seen_at IS NOT NULL)::float8 AS offline
       FROM door`,
    );
    return row;
  }
}
