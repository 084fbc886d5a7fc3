import type { PreviewFace } from '@munjigi/contracts';
import type { PageState } from '../page/page-user';

/** An answer of the page. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A message of the live stream. */
export interface LiveMessage {
  readonly kind: 'frame' | 'state';
  readonly width?: number;
  readonly faces?: readonly PreviewFace[];
  readonly state?: PageState;
}

/** Asks a page as its own files do. */
export class PageClient {
  cookie = '';

  constructor(readonly url: string) {}

  async ask(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<PageAnswer> {
    const isBytes = options.body instanceof Uint8Array;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        origin: this.url,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(options.body === undefined
          ? {}
          : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined
        ? {}
        : { body: isBytes ? (options.body as Uint8Array<ArrayBuffer>) : JSON.stringify(options.body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0]!;
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? (JSON.parse(text) as unknown) : text,
    };
  }

  /** The first message of the live stream that fits. */
  async live(
    fits: (message: LiveMessage, bytes: Buffer) => boolean,
  ): Promise<{ message: LiveMessage; bytes: Buffer }> {
    const ending = new AbortController();
    const response = await fetch(`${this.url}/api/live`, {
      headers: { cookie: this.cookie },
      signal: ending.signal,
    });
    let rest = Buffer.alloc(0);
    try {
      for await (const chunk of response.body!) {
        rest = Buffer.concat([rest, chunk]);
        while (rest.length >= 8 && rest.length >= 8 + rest.readUInt32BE(0) + rest.readUInt32BE(4)) {
          const bodyAt = 8 + rest.readUInt32BE(0);
          const end = bodyAt + rest.readUInt32BE(4);
          const message = JSON.parse(rest.subarray(8, bodyAt).toString()) as LiveMessage;
          const bytes = rest.subarray(bodyAt, end);
          if (fits(message, bytes)) return { message, bytes };
          rest = rest.subarray(end);
        }
      }
      throw new Error('The stream ended.');
    } finally {
      ending.abort();
    }
  }
}
