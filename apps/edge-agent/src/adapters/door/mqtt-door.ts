import { readFileSync } from 'node:fs';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import type { Logger } from 'pino';
import { AgentError, messageOf } from '../../domain/agent-error';
import { Backoff } from '../../domain/backoff';
import type { DoorHardware, DoorHardwareSink, DoorInputName } from '../../ports/door-hardware';
import type { MqttConfig } from './hardware-config';
import { inTime } from './in-time';

type Input = readonly [
  DoorInputName,
  { readonly topic: string; readonly closed: string; readonly open: string },
];

/**
 * A relay and contacts behind an MQTT broker, every message with QoS 1. To lock is retained, to unlock is not: a relay
 * that comes later must not unlock by an old word. The broker tells the relay to lock when the agent dies (last will).
 *
 * Every connection is a client of its own, and one that does not confirm in time is ended: a client that lives on would
 * send what was not confirmed again, and unlock late.
 */
export class MqttDoor implements DoorHardware {
  readonly #config: MqttConfig;
  readonly #log: Logger;
  readonly #ca: Buffer | undefined;
  readonly #inputs: readonly Input[];
  readonly #backoff = new Backoff({ baseMs: 500, capMs: 10_000 });
  #client: MqttClient | null = null;
  #retry: NodeJS.Timeout | undefined;
  #sink: DoorHardwareSink | null = null;
  #isEnergised = false;
  /** Whether the broker takes and tells. */
  #isReached = false;
  /** What the device behind the broker last said of itself; null: nothing. */
  #isThere: boolean | null = null;

  /** @throws when the file of certificates cannot be read */
  constructor(options: { config: MqttConfig; log: Logger }) {
    this.#config = options.config;
    this.#log = options.log;
    this.#ca = options.config.caFile === null ? undefined : readFileSync(options.config.caFile);
    this.#inputs = Object.entries(options.config.inputs) as unknown as Input[];
  }

  start(sink: DoorHardwareSink): void {
    this.#sink = sink;
    this.#connect();
  }

  async setRelay(position: 'energised' | 'released'): Promise<void> {
    await this.#publish(position === 'energised');
  }

  async close(): Promise<void> {
    this.#sink = null;
    clearTimeout(this.#retry);
    await this.#publish(false).catch((error: unknown) =>
      this.#log.warn({ reason: messageOf(error) }, 'relay not told to lock, the broker does so'),
    );
    const client = this.#client;
    this.#client = null;
    await client?.endAsync(!client.connected);
  }

  #connect(): void {
    const client = connect(this.#config.url, this.#options());
    this.#client = client;
    const problem = { said: 'The connection ended.' };
    client.on('connect', () => void this.#greet(client));
    client.on('error', (error) => (problem.said = messageOf(error)));
    client.on('close', () => this.#lose(client, problem.said));
    client.on('message', (topic, payload) => this.#take(topic, payload.toString('utf8')));
  }

  /** Tells the relay to lock, as its will may have before, and asks for the contacts. */
  async #greet(client: MqttClient): Promise<void> {
    try {
      await this.#publish(false);
      const topics = this.#topics();
      if (topics.length > 0) await inTime(client.subscribeAsync(topics, { qos: 1 }), this.#config.timeoutMs);
      this.#backoff.reset();
      this.#isReached = true;
      this.#tell();
    } catch (error) {
      this.#log.warn({ reason: messageOf(error) }, 'broker does not serve the door');
      client.end(true);
      this.#lose(client, messageOf(error));
    }
  }

  #lose(client: MqttClient, reason: string): void {
    if (this.#client !== client) return;
    this.#client = null;
    this.#isReached = false;
    this.#isThere = null;
    const sink = this.#sink;
    if (!sink) return;
    const message = `The broker ${new URL(this.#config.url).host} is not reached. ${reason}`;
    this.#forgetInputs();
    sink.fault(message);
    if (this.#isEnergised) sink.relayLost(message);
    this.#isEnergised = false;
    this.#retry = setTimeout(() => this.#connect(), this.#backoff.nextDelayMs());
  }

  #options(): IClientOptions {
    const { user, password, clientId, relay, timeoutMs } = this.#config;
    return {
      ...(user === null ? {} : { username: user }),
      ...(password === null ? {} : { password }),
      ...(clientId === null ? {} : { clientId }),
      ...(this.#ca ? { ca: this.#ca } : {}),
      ...{ connectTimeout: timeoutMs, reconnectPeriod: 0, keepalive: 10, resubscribe: false },
      will: { topic: relay.topic, payload: Buffer.from(relay.lock), qos: 1, retain: true },
    };
  }

  async #publish(isEnergised: boolean): Promise<void> {
    const client = this.#client;
    // Nothing waits for a connection: what is said later may be wrong by then.
    if (!client?.connected) throw new AgentError('door/no-answer', 'The broker is not connected.');
    const { relay, stateTopic, timeoutMs } = this.#config;
    this.#isEnergised = isEnergised;
    try {
      const payload = isEnergised ? relay.unlock : relay.lock;
      await inTime(client.publishAsync(relay.topic, payload, { qos: 1, retain: !isEnergised }), timeoutMs);
      if (stateTopic === null) return;
      const state = isEnergised ? 'unlocked' : 'locked';
      await inTime(client.publishAsync(stateTopic, state, { qos: 1, retain: true }), timeoutMs);
    } catch (error) {
      client.end(true);
      this.#lose(client, messageOf(error));
      throw error;
    }
  }

  #topics(): string[] {
    const { availability } = this.#config;
    return [...this.#inputs.map(([, { topic }]) => topic), ...(availability ? [availability.topic] : [])];
  }

  #take(topic: string, payload: string): void {
    const { availability } = this.#config;
    if (topic === availability?.topic) this.#takeAvailability(payload === availability.online);
    for (const [name, input] of this.#inputs) {
      if (input.topic !== topic) continue;
      const isKnown = payload === input.closed || payload === input.open;
      if (!isKnown) this.#log.warn({ input: name }, 'contact says neither open nor closed');
      this.#sink?.contact(name, isKnown ? payload === input.closed : null);
    }
  }

  #takeAvailability(isThere: boolean): void {
    this.#isThere = isThere;
    if (!isThere) this.#forgetInputs();
    this.#tell();
  }

  #tell(): void {
    if (!this.#isReached) return;
    this.#sink?.fault(this.#isThere === false ? 'The lock is not connected to its broker.' : null);
  }

  #forgetInputs(): void {
    for (const [name] of this.#inputs) this.#sink?.contact(name, null);
  }
}
