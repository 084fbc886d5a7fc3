/** A request or an answer of RTSP. */
export interface RtspMessage {
  /** The first line. */
  readonly start: string;
  /** In their order, names as they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** What comes over an RTSP connection: messages, and between them packets of media, header and all. */
export type RtspPart = { readonly message: RtspMessage } | { readonly packet: Buffer };

const HEAD_MAX_BYTES = 16_384;
const BODY_MAX_BYTES = 262_144;
const DOLLAR = 0x24;

/** Cuts what comes over one direction of an RTSP connection into its parts (RFC 2326, sections 4 and 10.12). */
export class RtspReader {
  #rest: Buffer = Buffer.alloc(0);

  /** @returns the parts that are whole now @throws when it is no RTSP */
  push(chunk: Buffer): RtspPart[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const parts: RtspPart[] = [];
    for (let part = this.#next(); part; part = this.#next()) parts.push(part);
    return parts;
  }

  #next(): RtspPart | null {
    const rest = this.#rest;
    if (rest.length === 0) return null;
    if (rest[0] === DOLLAR) {
      if (rest.length < 4) return null;
      const length = 4 + rest.readUInt16BE(2);
      return rest.length < length ? null : { packet: this.#take(length) };
    }
    const end = rest.indexOf('\r\n\r\n');
    if (end > HEAD_MAX_BYTES || (end === -1 && rest.length > HEAD_MAX_BYTES)) throw notRtsp();
    if (end === -1) return null;
    const [start = '', ...lines] = rest
      .toString('latin1', 0, end)
      .replace(/^(?:\r\n)+/, '')
      .split('\r\n');
    if (!/RTSP\/1\.\d/.test(start)) throw notRtsp();
    const headers = lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, Math.max(0, colon)).trim(), line.slice(colon + 1).trim()];
    });
    const length = Number(headerOf({ headers }, 'content-length') ?? 0);
    if (!(length >= 0 && length <= BODY_MAX_BYTES)) throw notRtsp();
    if (rest.length < end + 4 + length) return null;
    const body = Buffer.from(this.#take(end + 4 + length).subarray(end + 4));
    return { message: { start, headers, body } };
  }

  #take(length: number): Buffer {
    const taken = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return taken;
  }
}

/** The first header of that name, in any case; null when there is none. */
export function headerOf({ headers }: Pick<RtspMessage, 'headers'>, name: string): string | null {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? null;
}

/** All values of the headers of that name. */
export function headersOf({ headers }: Pick<RtspMessage, 'headers'>, name: string): string[] {
  return headers.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** The same message with these headers in place of those of the same names; null takes one away. */
export function withHeaders(message: RtspMessage, changes: Record<string, string | null>): RtspMessage {
  const names = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
  const kept = message.headers.filter(([name]) => !names.has(name.toLowerCase()));
  const added = Object.entries(changes).flatMap(([name, value]): [string, string][] =>
    value === null ? [] : [[name, value]],
  );
  return { ...message, headers: [...added, ...kept] };
}

/** A message as it travels. */
export function bytesOf({ start, headers, body }: RtspMessage): Buffer {
  const head = [start, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

function notRtsp(): Error {
  return new Error('What answers there does not speak RTSP.');
}
