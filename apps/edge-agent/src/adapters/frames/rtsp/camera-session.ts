import { isIPv6 } from 'node:net';
import { CameraError } from '../picture-input';
import { authorisation, bestChallenge, type Challenge, type Credentials } from './authorise-request';
import { headerOf, headersOf, withHeaders, type RtspMessage } from './rtsp-reader';

/** A network camera. */
export interface CameraPlace {
  readonly address: string;
  readonly port: number;
  /** What comes after address and port in its URL. */
  readonly path: string;
  /** Null: it asks for nobody. */
  readonly credentials: Credentials | null;
}

/** A request that the camera has not answered. */
interface Asked {
  readonly request: RtspMessage;
  /** The number that the decoder gave it. */
  readonly number: string;
  readonly isAuthorised: boolean;
}

/**
 * Turns the requests of a decoder, which knows a gate and no password, into those that a camera wants, and its answers
 * back. Requests are numbered anew, since one may have to be asked twice.
 */
export class CameraSession {
  readonly #place: CameraPlace;
  readonly #gate: { readonly url: string; readonly path: string };
  readonly #asked = new Map<string, Asked>();
  #challenge: { readonly challenge: Challenge; count: number } | null = null;
  #number = 0;
  #why: CameraError | null = null;

  constructor(place: CameraPlace, gate: { url: string; path: string }) {
    this.#place = place;
    this.#gate = gate;
  }

  /** What the camera's answers say that is wrong, or null. */
  get why(): CameraError | null {
    return this.#why;
  }

  /** Whether a first request knows where it is. */
  isFor({ start }: RtspMessage): boolean {
    return start.split(' ')[1]?.startsWith(this.#gate.url) ?? false;
  }

  /** A decoder's message as the camera is to get it. */
  toCamera(message: RtspMessage): RtspMessage {
    const number = headerOf(message, 'cseq');
    const [method, uri, version] = message.start.split(' ');
    // An answer to something that the camera asked is none of ours.
    if (number === null || !version?.startsWith('RTSP/')) return message;
    const start = `${method} ${this.#cameraUri(uri!)} ${version}`;
    return this.#ask({ ...message, start }, number);
  }

  /** @returns what goes back to the decoder, or what the camera is to be asked again */
  fromCamera(message: RtspMessage): { again?: RtspMessage; answer?: RtspMessage } {
    const number = headerOf(message, 'cseq') ?? '';
    const asked = this.#asked.get(number);
    if (!asked || !message.start.startsWith('RTSP/')) return { answer: message };
    this.#asked.delete(number);
    const status = Number(message.start.split(' ')[1]);
    if (status === 401) {
      const again = this.#askAgain(asked, message);
      if (again) return { again };
    }
    this.#note(status, asked);
    // With nothing to answer a challenge by, the decoder need not see one.
    const changes = { CSeq: asked.number, 'WWW-Authenticate': null };
    return { answer: this.#withSource(withHeaders(message, changes)) };
  }

  #ask(request: RtspMessage, number: string): RtspMessage {
    this.#number += 1;
    const { credentials } = this.#place;
    const known = credentials ? this.#challenge : null;
    this.#asked.set(String(this.#number), { request, number, isAuthorised: known !== null });
    const headers = { CSeq: String(this.#number) };
    if (!credentials || !known) return withHeaders(request, headers);
    known.count += 1;
    const [method = '', uri = ''] = request.start.split(' ');
    const about = { method, uri, count: known.count };
    return withHeaders(request, {
      ...headers,
      Authorization: authorisation(known.challenge, credentials, about),
    });
  }

  #askAgain(asked: Asked, refusal: RtspMessage): RtspMessage | null {
    const offers = headersOf(refusal, 'www-authenticate');
    const isStale = offers.some((offer) => /stale\s*=\s*"?true/i.test(offer));
    const challenge = bestChallenge(offers);
    if (!this.#place.credentials || !challenge || (asked.isAuthorised && !isStale)) return null;
    this.#challenge = { challenge, count: 0 };
    return this.#ask(asked.request, asked.number);
  }

  #note(status: number, { request }: Asked): void {
    const { address, port, path, credentials } = this.#place;
    const where = `The camera at ${address}:${port}`;
    if (status === 401 || status === 403) {
      const what = credentials ? 'refuses this user or password.' : 'asks for a user and a password.';
      this.#why ??= new CameraError('camera/refused', `${where} ${what}`, { kind: 'refused' });
    } else if (status >= 300 && /^(?:DESCRIBE|SETUP|PLAY) /.test(request.start)) {
      const what =
        status === 404
          ? `has no stream at /${path.replace(/^\//, '')}.`
          : `cannot show its stream: error ${status}.`;
      this.#why ??= new CameraError('camera/no-stream', `${where} ${what}`);
    }
  }

  /** Datagrams come from the camera itself, and what is said back must go there. */
  #withSource(answer: RtspMessage): RtspMessage {
    const transport = headerOf(answer, 'transport');
    if (transport === null || /interleaved|source=/i.test(transport)) return answer;
    return withHeaders(answer, { Transport: `${transport};source=${this.#place.address}` });
  }

  #cameraUri(uri: string): string {
    const { url } = this.#gate;
    if (!uri.startsWith(url)) return uri;
    const { address, port, path } = this.#place;
    const host = isIPv6(address) ? `[${address}]` : address;
    const base = `rtsp://${host}${port === 554 ? '' : `:${port}`}`;
    const stream = path === '' || path.startsWith('/') ? path : `/${path}`;
    return `${base}${stream}${uri.slice(url.length)}`;
  }
}
