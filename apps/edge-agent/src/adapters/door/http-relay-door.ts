import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { AgentError, messageOf } from '../../domain/agent-error';
import { Backoff } from '../../domain/backoff';
import type { DoorHardware, DoorHardwareSink } from '../../ports/door-hardware';
import { authorisation, bestChallenge, type Challenge } from '../frames/rtsp/authorise-request';
import type { HttpConfig } from './hardware-config';
import { sendRequest, type RelayAnswer } from './send-request';

/**
 * A relay that is moved by HTTP requests, one after the other. Every request to unlock says for how long, and is renewed
 * while the door is unlocked: a relay whose agent died locks by itself within `pulseMs`. While the door is locked the
 * relay is told so again every `checkMs`, so that one that is gone is noticed before somebody stands there. It has no
 * contacts.
 */
export class HttpRelayDoor implements DoorHardware {
  readonly #config: HttpConfig;
  readonly #log: Logger;
  readonly #ca: Buffer | undefined;
  readonly #backoff = new Backoff({ baseMs: 1_000, capMs: 30_000 });
  #sink: DoorHardwareSink | null = null;
  #position: 'energised' | 'released' = 'released';
  #sent: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #challenge: Challenge | null = null;
  #count = 0;

  /** @throws when the file of certificates cannot be read */
  constructor(options: { config: HttpConfig; log: Logger }) {
    this.#config = options.config;
    this.#log = options.log;
    this.#ca = options.config.caFile === null ? undefined : readFileSync(options.config.caFile);
  }

  start(sink: DoorHardwareSink): void {
    this.#sink = sink;
    void this.#sayAgain();
  }

  async setRelay(position: 'energised' | 'released'): Promise<void> {
    clearTimeout(this.#timer);
    this.#position = position;
    try {
      await this.#say(position);
      this.#backoff.reset();
      this.#sink?.fault(null);
    } finally {
      this.#sayLater(this.#intervalMs);
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#sink = null;
    this.#position = 'released';
    await this.#say('released').catch((error: unknown) =>
      this.#log.warn({ reason: messageOf(error) }, 'relay not told to lock, it does so by itself'),
    );
  }

  get #intervalMs(): number {
    return this.#position === 'energised' ? this.#config.pulseMs / 2 : this.#config.checkMs;
  }

  #sayLater(waitMs: number): void {
    clearTimeout(this.#timer);
    if (this.#sink !== null) this.#timer = setTimeout(() => void this.#sayAgain(), waitMs);
  }

  async #sayAgain(): Promise<void> {
    const position = this.#position;
    try {
      await this.#say(position);
      this.#backoff.reset();
      this.#sink?.fault(null);
      if (position === this.#position) this.#sayLater(this.#intervalMs);
    } catch (error) {
      this.#sink?.fault(messageOf(error));
      if (position !== this.#position) return;
      // What is unlocked locks by itself, and is then its owner's to unlock again.
      if (position === 'energised') this.#sink?.relayLost(messageOf(error));
      else this.#sayLater(this.#backoff.nextDelayMs());
    }
  }

  /** Says it after what was said before: a late request to unlock must not overtake one to lock. */
  #say(position: 'energised' | 'released'): Promise<void> {
    const what = position === 'energised' ? 'unlock' : 'lock';
    const said = this.#sent.then(() => this.#send(what));
    this.#sent = said.catch(() => undefined);
    return said;
  }

  async #send(what: 'lock' | 'unlock'): Promise<void> {
    let answer = await this.#sendOnce(what);
    const challenge = answer.status === 401 ? bestChallenge(answer.challenges) : null;
    if (challenge && this.#config.auth?.kind === 'password') {
      this.#challenge = challenge;
      this.#count = 0;
      answer = await this.#sendOnce(what);
    }
    if (answer.status >= 200 && answer.status < 300) return;
    const { origin } = new URL(this.#config[what].url);
    throw new AgentError('door/refused', `${origin} answered ${what} with ${answer.status}.`);
  }

  #sendOnce(what: 'lock' | 'unlock'): Promise<RelayAnswer> {
    const { method, url, body, contentType } = this.#config[what];
    const { timeoutMs } = this.#config;
    const address = new URL(this.#timed(url));
    return sendRequest({
      ...{ method, url: address, body: body === null ? null : this.#timed(body), timeoutMs, ca: this.#ca },
      headers: {
        ...(body === null ? {} : { 'content-type': contentType }),
        ...this.#authorisation(method, address),
      },
    });
  }

  #authorisation(method: string, url: URL): Record<string, string> {
    const { auth } = this.#config;
    if (auth?.kind === 'bearer') return { authorization: `Bearer ${auth.token}` };
    // The password is said to nobody who does not ask, and then as little of it as they allow.
    if (auth?.kind !== 'password' || !this.#challenge) return {};
    this.#count += 1;
    const asked = { method, uri: url.pathname + url.search, count: this.#count };
    return { authorization: authorisation(this.#challenge, auth, asked) };
  }

  #timed(text: string): string {
    const { pulseMs } = this.#config;
    return text.replaceAll('{ms}', `${pulseMs}`).replaceAll('{seconds}', `${Math.ceil(pulseMs / 1000)}`);
  }
}
