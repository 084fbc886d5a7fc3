import {
  AGENT_PROTOCOL_VERSION,
  type SyncApplied,
  type SyncPull,
  type SyncPullAnswer,
} from '@munjigi/contracts';
import type { Logger } from 'pino';
import { AgentError } from '../domain/agent-error';
import type { BatchSize } from './batch-size';
import type { Exchange } from './exchange';
import { readPage } from './read-changes';
import type { TargetState } from './target-state';

/** What a pull works with. */
export interface PullOptions {
  readonly exchange: Exchange;
  readonly target: TargetState;
  readonly changesPerPullMax: number;
  /** What the link bears. */
  readonly size: BatchSize;
  readonly log: Logger;
}

/** A larger page would hold the event loop for too long while its templates are sealed and written. */
const PAGE_MAX = 500;

/**
 * Pulls pages until the door holds what the server wants, each applied whole or not at all.
 *
 * @throws {AgentError} as `Exchange.ask`; `sync/no-progress` when the server's cursor does not move.
 */
export async function pullUntilCurrent(options: PullOptions): Promise<void> {
  const { exchange, target, log, size, changesPerPullMax } = options;
  for (;;) {
    const afterRevision = target.appliedRevision;
    let skipped = 0;
    const page = await size.attempt(Math.min(PAGE_MAX, changesPerPullMax), (limit) => {
      const { isEmpty } = target;
      const pull: SyncPull = { v: AGENT_PROTOCOL_VERSION, afterRevision, limit, isEmpty };
      return exchange.ask('sync.pull', pull, (message): SyncPullAnswer => {
        const read = readPage(message);
        skipped = read.skipped;
        return read.answer;
      });
    });
    if (skipped > 0) log.warn({ skipped }, 'changes of an unknown kind skipped');
    if (page.reset) {
      if (afterRevision === 0)
        throw new AgentError('sync/no-progress', 'The server asks to begin at 0 again.');
      log.warn({ afterRevision }, 'server does not know our state, fetching all anew');
      target.apply({ empty: true, changes: [], throughRevision: 0, isLast: page.desiredRevision === 0 });
      if (page.desiredRevision === 0) return;
      continue;
    }
    const isLast = page.throughRevision >= page.desiredRevision;
    if (page.throughRevision < afterRevision || (!isLast && page.throughRevision === afterRevision)) {
      throw new AgentError('sync/no-progress', `The server's page ends at ${page.throughRevision}.`);
    }
    const { changes, throughRevision, desiredRevision: asOf } = page;
    target.apply({ empty: false, changes, throughRevision, isLast, asOf });
    const applied: SyncApplied = { v: AGENT_PROTOCOL_VERSION, appliedRevision: page.throughRevision };
    exchange.tell('sync.applied', applied);
    if (page.changes.length > 0) log.info({ revision: page.throughRevision }, 'changes applied');
    if (isLast) return;
  }
}
