import {
  pairAnswerSchema,
  pairingText,
  problemSchema,
  type PairAnswer,
  type PairRequest,
} from '@munjigi/contracts';
import { AgentError, messageOf } from '../domain/agent-error';
import type { Identity } from '../ports/identity';
import { postJson } from './post-json';

/** What pairing works with. */
export interface PairingOptions {
  readonly serverUrl: string;
  /** As it was typed. */
  readonly code: string;
  readonly identity: Identity;
  readonly agentVersion: string;
  /** Who alone vouches for the server, PEM; null: whom the system trusts. */
  readonly serverCa?: string | null;
}

/** How long the server may take to answer. */
const ANSWER_TIMEOUT_MS = 15_000;

/**
 * Pairs this device with the door of a one-time code, and keeps what it is from then on. Tried again after a cut, with
 * the same code, it ends as if nothing had happened.
 *
 * @throws {AgentError} `pairing/unreachable`, `pairing/invalid-answer`, or the server's code of refusal
 */
export async function pairDevice(options: PairingOptions): Promise<PairAnswer> {
  try {
    return await pairOnce(options);
  } catch (error) {
    // A pairing of before has used it; what it was answered with never arrived.
    if (!(error instanceof AgentError) || error.code !== 'pairing/known-key') throw error;
    options.identity.dropPairingKey();
    return pairOnce(options);
  }
}

async function pairOnce({
  serverUrl,
  code,
  identity,
  agentVersion,
  serverCa = null,
}: PairingOptions): Promise<PairAnswer> {
  const key = identity.pairingKey();
  const { publicKey } = key;
  const serverName = serverNameOf(serverUrl);
  const signature = key.sign(pairingText({ serverName, code: meant(code), publicKey }));
  const request: PairRequest = { code, publicKey, serverName, agentVersion, signature };
  const answer = await post(new URL('/api/agents/pair', serverUrl), request, serverCa);
  identity.paired({ ...answer, serverUrl });
  return answer;
}

/** The name that a server at this address is signed for. */
export function serverNameOf(serverUrl: string): string {
  return new URL(serverUrl).hostname.toLowerCase();
}

/** A code without what only helps to read it. */
function meant(code: string): string {
  return code.toLowerCase().replace(/[^a-z0-9]/g, '');
}

async function post(url: URL, request: PairRequest, ca: string | null): Promise<PairAnswer> {
  const { status, body } = await postJson(url, { body: request, timeoutMs: ANSWER_TIMEOUT_MS, ca }).catch(
    (cause: unknown) => {
      const message = `The server at ${url.origin} does not answer: ${messageOf(cause)}.`;
      throw new AgentError('pairing/unreachable', message, { cause });
    },
  );
  const isOk = status >= 200 && status < 300;
  const problem = problemSchema.safeParse(body);
  if (!isOk && problem.success) {
    throw new AgentError(problem.data.code, [problem.data.title, problem.data.detail].join(' ').trim());
  }
  const answer = pairAnswerSchema.safeParse(body);
  if (!answer.success) {
    throw new AgentError('pairing/invalid-answer', `What answers at ${url.origin} is no Munjigi server.`);
  }
  return answer.data;
}
