import {
  AGENT_PROTOCOL_VERSION,
  syncDigestAnswerSchema,
  type SyncDigest,
  type SyncRepair,
} from '@munjigi/contracts';
import type { Logger } from 'pino';
import { AgentError } from '../domain/agent-error';
import { reader, type Exchange } from './exchange';
import { readRepair } from './read-changes';
import type { TargetState } from './target-state';

/** After so many repairs what differs is no accident: it is told, and looked at again when it is next due. */
const REPAIRS_MAX = 2;

/** What a comparison works with. */
export interface CompareOptions {
  readonly exchange: Exchange;
  readonly target: TargetState;
  readonly log: Logger;
}

/**
 * Compares all that is on the disk with what the server wants, and repairs the parts that differ.
 *
 * @returns `unsettled` when there was something to pull meanwhile: compare again once level
 * @throws {AgentError} as `Exchange.ask`
 */
export async function compareState(options: CompareOptions): Promise<'same' | 'different' | 'unsettled'> {
  const { exchange, target, log } = options;
  for (let repairs = 0; ; repairs++) {
    const digest = await target.digest();
    if (!digest) return 'unsettled';
    const message: SyncDigest = { v: AGENT_PROTOCOL_VERSION, ...digest };
    const { verdict, parts } = await exchange.ask('sync.digest', message, reader(syncDigestAnswerSchema));
    if (verdict !== 'different') return verdict;
    log.warn({ parts: parts.length, repairs }, 'what is on the disk is not what the server wants');
    if (repairs === REPAIRS_MAX) return 'different';
    for (const part of parts) {
      if (!(await repairPart(part, options))) return 'unsettled';
    }
  }
}

/** @returns whether it is done; else everything is to be pulled anew. */
async function repairPart(part: number, { exchange, target }: CompareOptions): Promise<boolean> {
  const request: SyncRepair = { v: AGENT_PROTOCOL_VERSION, part };
  try {
    const { changes } = await exchange.ask('sync.repair', request, readRepair);
    target.repair(part, changes);
    return true;
  } catch (error) {
    if (!(error instanceof AgentError) || error.code !== 'sync/part-too-large') throw error;
    target.pullAnew();
    return false;
  }
}
