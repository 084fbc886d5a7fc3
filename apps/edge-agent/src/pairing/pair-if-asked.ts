import type { Logger } from 'pino';
import { IdentityFile } from '../adapters/store/identity-file';
import type { AgentConfig } from '../config';
import { AgentError } from '../domain/agent-error';
import { Backoff } from '../domain/backoff';
import { Wake } from '../sync/wake';
import { pairDevice } from './pair-device';

const RETRY = { baseMs: 500, capMs: 15_000 };

/**
 * Pairs a computer that was started with a code and is not paired yet; waits for a server that is away.
 *
 * @throws {AgentError} the server's code when it refuses
 */
export async function pairIfAsked(config: AgentConfig, log: Logger, signal: AbortSignal): Promise<void> {
  const { pairingCode: code, serverUrl, serverCa, dataDirectory, agentVersion } = config;
  if (code === null || serverUrl === null) return;
  const identity = new IdentityFile(dataDirectory);
  if (identity.door !== null) return;
  const backoff = new Backoff(RETRY);
  while (!signal.aborted) {
    try {
      const { doorName, fingerprint } = await pairDevice({
        ...{ serverUrl, serverCa, code, identity, agentVersion },
      });
      log.info({ doorName, fingerprint }, 'paired with its door');
      return;
    } catch (error) {
      if (!(error instanceof AgentError) || error.code !== 'pairing/unreachable') throw error;
      if (backoff.failures === 0) log.warn({ reason: error.message }, 'server not reached, pairing waits');
      await new Wake().wait(backoff.nextDelayMs(), signal);
    }
  }
}
