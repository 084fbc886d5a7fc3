import {
  AGENT_NAMESPACE,
  AGENT_PROTOCOL_VERSION,
  type Challenge,
  type DoorState,
  type PreviewFrame,
} from '@munjigi/contracts';
import { io, type Socket } from 'socket.io-client';
import { z } from 'zod';
import { AgentError, messageOf } from '../domain/agent-error';
import { ClockEstimate } from '../domain/clock-estimate';
import { Backoff } from '../domain/backoff';
import { serverNameOf } from '../pairing/pair-device';
import type { Identity, OwnKey } from '../ports/identity';
import type { Uplink } from '../ports/uplink-user';
import { BatchSize } from './batch-size';
import { socketExchange } from './exchange';
import { clockTold } from './measure-clock';
import { announceNext, challengeOf, proveKey } from './prove';
import { Session, type SessionOptions } from './session';
import { Wake } from './wake';

/** How long the uplink waits, ms. */
export interface UplinkTimes {
  readonly retry: { readonly baseMs: number; readonly capMs: number };
  /** After a refusal, which only a person can end, the door knocks seldom. */
  readonly refusedRetry: { readonly baseMs: number; readonly capMs: number };
  readonly connectTimeoutMs: number;
  readonly answerTimeoutMs: number;
}

/** The waits of an agent unless told otherwise. */
export const UPLINK_TIMES: UplinkTimes = {
  retry: { baseMs: 500, capMs: 15_000 },
  refusedRetry: { baseMs: 30_000, capMs: 120_000 },
  // Two seconds there and two back, with some of it lost, are several of these.
  connectTimeoutMs: 20_000,
  // A link that is dead is told by its pings; an answer may be slow.
  answerTimeoutMs: 30_000,
};

/** Only a person can end these. */
const REFUSALS: ReadonlySet<string> = new Set([
  'agent/unauthenticated',
  'agent/paired',
  'agent/tls-required',
  'agent/wrong-certificate',
  'agent/unsupported-version',
  'uplink/other-server',
]);

/** Which server, and as whom. */
export interface SocketUplinkOptions extends Omit<
  SessionOptions,
  'answerTimeoutMs' | 'retry' | 'onCurrent' | 'signer' | 'sizes' | 'estimate'
> {
  readonly serverUrl: string;
  /** Reads the agent's token; asked before each connection, so that a new one counts at once. */
  readonly token: () => Promise<string>;
  /** Who this device is; once it is paired, no token is sent any more. */
  readonly identity?: Identity;
  readonly times?: Partial<UplinkTimes>;
  /** Who alone vouches for the server, or its own certificate, PEM; null: whoever the system trusts. */
  readonly serverCa?: string | null;
}

/**
 * Keeps a link to the server for as long as it runs: connects, says hello, syncs, and begins anew with growing pauses
 * whenever the link is lost. The door never waits for it.
 */
export class SocketUplink implements Uplink {
  readonly #options: SocketUplinkOptions;
  readonly #times: UplinkTimes;
  readonly #sizes = { pull: new BatchSize(), push: new BatchSize() };
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #live: { socket: Socket; session: Session } | null = null;
  readonly #estimate = new ClockEstimate();
  #currentAtMs: number | null = null;
  #refusal: string | null = null;

  constructor(options: SocketUplinkOptions) {
    this.#options = options;
    this.#times = { ...UPLINK_TIMES, ...options.times };
  }

  get clockOffsetMs(): number | null {
    return clockTold(this.#estimate, this.#options.clock).clockOffsetMs;
  }

  get clockErrorMs(): number | null {
    return clockTold(this.#estimate, this.#options.clock).clockErrorMs;
  }

  get serverMs(): number | null {
    return this.#estimate.at(this.#options.clock.monotonicMs())?.serverMs ?? null;
  }

  /** Whether the server has said hello on the connection that there is. */
  get isLinked(): boolean {
    return this.#live !== null;
  }

  /** Why the server does not let this agent in, in words, where only a person can end that; null: it does not refuse. */
  get refusal(): string | null {
    return this.#refusal;
  }

  /** The server's address. */
  get serverUrl(): string {
    return this.#options.serverUrl;
  }

  get rulesAgeMs(): number | null {
    return this.#currentAtMs === null ? null : this.#options.clock.monotonicMs() - this.#currentAtMs;
  }

  /** Begins to connect; returns at once. */
  start(): void {
    this.#running = this.#run();
  }

  /** Ends the link. @returns once it is gone. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  eventsWaiting(): void {
    this.#live?.session.eventsWaiting();
  }

  picturesWaiting(): void {
    this.#live?.session.picturesWaiting();
  }

  reportsWaiting(): void {
    this.#live?.session.reportsWaiting();
  }

  doorStateChanged(): void {
    if (!this.#live) return;
    const state: DoorState = { v: AGENT_PROTOCOL_VERSION, ...this.#options.user.doorState() };
    this.#live.socket.emit('door.state', state);
  }

  sendPreview(frame: PreviewFrame): void {
    this.#live?.socket.volatile.emit('preview.frame', frame);
  }

  async #run(): Promise<void> {
    const { log, serverUrl } = this.#options;
    const { signal } = this.#stopping;
    const backoff = new Backoff(this.#times.retry);
    const refusedBackoff = new Backoff(this.#times.refusedRetry);
    while (!signal.aborted) {
      let delayMs: number;
      try {
        await this.#connectOnce(() => {
          backoff.reset();
          refusedBackoff.reset();
          this.#refusal = null;
        });
        if (signal.aborted) return;
        log.warn('link to the server lost');
        delayMs = backoff.nextDelayMs();
      } catch (error) {
        if (signal.aborted) return;
        const code = error instanceof AgentError ? error.code : 'agent/unexpected';
        const facts = { code, reason: messageOf(error), serverUrl };
        if (isRefusal(code)) {
          this.#refusal = messageOf(error);
          log.error(facts, 'server refuses this agent, check its key or token, and its version');
          delayMs = refusedBackoff.nextDelayMs();
        } else {
          // Once in words is enough: a server may be away for days.
          log[backoff.failures === 0 ? 'warn' : 'debug'](facts, 'server not reached, the door decides alone');
          // Of all that are sent away at once, each comes again at a moment of its own.
          delayMs = Math.max(backoff.nextDelayMs(), askedToWaitMs(error) * (0.5 + Math.random()));
        }
      }
      await new Wake().wait(delayMs, signal);
    }
  }

  /**
   * One connection from beginning to end, by the newest key that the server knows: one that was announced may not have
   * got there.
   *
   * @throws {AgentError} when it never came about.
   */
  async #connectOnce(onGreeted: () => void): Promise<void> {
    const [first = null, ...others] = this.#options.identity?.keys ?? [];
    try {
      await this.#connectBy(first, onGreeted);
    } catch (error) {
      const [older] = others;
      if (!older || !(error instanceof AgentError) || error.code !== 'agent/unauthenticated') throw error;
      await this.#connectBy(older, onGreeted);
    }
  }

  /** @param key to prove; null: the token is sent */
  async #connectBy(key: OwnKey | null, onGreeted: () => void): Promise<void> {
    const { token, log, user } = this.#options;
    const auth = key ? { fingerprint: key.fingerprint } : { token: await token() };
    const socket = io(new URL(AGENT_NAMESPACE, this.#options.serverUrl).href, {
      auth,
      ...(await this.#tlsOf(key)),
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      timeout: this.#times.connectTimeoutMs,
    });
    const ending = new AbortController();
    const end = (): void => ending.abort();
    this.#stopping.signal.addEventListener('abort', end);
    if (this.#stopping.signal.aborted) end();
    const { answerTimeoutMs, retry } = this.#times;
    const challenge = challengeOf(socket, answerTimeoutMs);
    try {
      await connected(socket, ending.signal, 2 * this.#times.connectTimeoutMs);
      socket.once('disconnect', end);
      if (key) await this.#prove(socket, key, await challenge.wait());
      const onCurrent = (): void => {
        this.#currentAtMs = this.#options.clock.monotonicMs();
      };
      const door = this.#options.identity?.door ?? null;
      const signer = key && door ? { ...door, key } : null;
      const session = new Session(socket, {
        ...this.#options,
        ...{ answerTimeoutMs, retry, onCurrent, signer, sizes: this.#sizes, estimate: this.#estimate },
      });
      const answer = await session.greet();
      onGreeted();
      const { doorId, doorName } = answer;
      log.info({ doorId, doorName, clockOffsetMs: this.clockOffsetMs }, 'linked to the server');
      this.#live = { socket, session };
      this.doorStateChanged();
      if (key) this.#renewWhenAsked(socket, key);
      await session.run(answer, ending.signal);
    } finally {
      this.#live = null;
      user.preview(null);
      this.#stopping.signal.removeEventListener('abort', end);
      socket.disconnect();
      socket.removeAllListeners();
    }
  }

  /** What the TLS of a connection goes by: a server that asks for a certificate is shown one of the key. */
  async #tlsOf(key: OwnKey | null): Promise<{ ca?: string; cert?: string; key?: string }> {
    const { clock, serverCa, serverUrl } = this.#options;
    if (!serverUrl.startsWith('https:')) return {};
    return {
      ...(serverCa ? { ca: serverCa } : {}),
      ...(key ? await key.certificate(this.serverMs ?? clock.wallMs()) : {}),
    };
  }

  async #prove(socket: Socket, key: OwnKey, challenge: Challenge): Promise<void> {
    const { identity, serverUrl } = this.#options;
    const door = identity?.door;
    if (!identity || !door) throw new AgentError('uplink/unpaired', 'The identity is gone.');
    const exchange = socketExchange(socket, this.#times.answerTimeoutMs);
    await proveKey(exchange, key, { challenge, door, serverName: serverNameOf(serverUrl) });
    identity.proved(key.fingerprint);
  }

  /** Announces a new key when the server asks for one, or when an announcement was cut off, and connects by it. */
  #renewWhenAsked(socket: Socket, key: OwnKey): void {
    const { identity, log } = this.#options;
    if (!identity) return;
    const exchange = socketExchange(socket, this.#times.answerTimeoutMs);
    const renew = (): void =>
      void announceNext(exchange, identity, key).then(
        () => {
          log.info({ fingerprint: identity.next?.fingerprint }, 'new key announced, connecting by it');
          socket.disconnect();
        },
        (error: unknown) => log.warn({ reason: messageOf(error) }, 'new key not announced'),
      );
    socket.on('keys.renew', renew);
    if (identity.next !== null) renew();
  }
}

/**
 * Connects, in time or not at all: the library's own limit ends with the transport, and a link that is lost between
 * that and the server's word is told of as a disconnection alone.
 *
 * @throws {AgentError} with the server's code of refusal, or `uplink/unreachable`.
 */
async function connected(socket: Socket, signal: AbortSignal, timeoutMs: number): Promise<void> {
  const { promise, resolve, reject } = withResolvers();
  const abandon = (): void => reject(new AgentError('uplink/stopped', 'The agent stops.'));
  const lost = (): void =>
    reject(new AgentError('uplink/unreachable', 'The link was lost while connecting.'));
  const timer = setTimeout(lost, timeoutMs);
  signal.addEventListener('abort', abandon);
  if (signal.aborted) abandon();
  socket.once('disconnect', lost);
  socket.once('connect', resolve);
  socket.once('connect_error', (error) => {
    const isCode = /^[a-z-]+\/[a-z-]+$/.test(error.message);
    reject(new AgentError(isCode ? error.message : 'uplink/unreachable', reasonOf(error), { cause: error }));
  });
  socket.connect();
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abandon);
    socket.off('disconnect', lost);
  }
}

/** How long a server that has too much to do wants to be left alone, ms: a minute at most. */
function askedToWaitMs(error: unknown): number {
  const refusal: unknown = error instanceof AgentError ? error.cause : undefined;
  const parsed = refusalDataSchema.safeParse((refusal as { data?: unknown } | undefined)?.data);
  return parsed.success ? Math.min(parsed.data.retryAfterMs, RETRY_AFTER_MAX_MS) : 0;
}

const refusalDataSchema = z.object({ retryAfterMs: z.number().positive() });
const RETRY_AFTER_MAX_MS = 60_000;

function withResolvers() {
  let resolve: () => void = () => undefined;
  let reject: (error: AgentError) => void = () => undefined;
  const promise = new Promise<void>((...settle) => ([resolve, reject] = settle));
  return { promise, resolve, reject };
}

function reasonOf(error: Error): string {
  // The transport hides why: "websocket error", with the cause beneath.
  const description: unknown = (error as { description?: unknown }).description;
  const inner: unknown = (description as { error?: unknown } | undefined)?.error ?? description;
  return inner instanceof Error && inner.message ? inner.message : error.message;
}

function isRefusal(code: string): boolean {
  return REFUSALS.has(code);
}
