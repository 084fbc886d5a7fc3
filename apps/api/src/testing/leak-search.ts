/** A secret that was found where it must not be. */
export interface Leak {
  /** Which secret, in words. */
  readonly secret: string;
  /** In which of its forms. */
  readonly form: string;
  /** What stood around it. */
  readonly excerpt: string;
}

interface Needle {
  readonly secret: string;
  readonly form: string;
  readonly text: string;
}

/** Shorter texts are found by chance. */
const TEXT_MIN = 8;
/** So many bytes in a row are no chance. */
const WINDOW_BYTES = 18;
const WINDOWS = 24;
/** Fields of requests and answers that hold secrets. */
const SECRET_FIELD = /password$|token$|^secret$|^setupcode$|^recoverycodes?$/i;

/** Looks for secrets in logs and in the account, in every form that they may have got there in. */
export class LeakSearch {
  private readonly needles = new Map<string, Needle>();

  /** Adds a secret that is a text. */
  text(secret: string, value: string): void {
    if (value.length < TEXT_MIN) return;
    this.add(secret, 'as it is', value);
    this.add(secret, 'escaped', JSON.stringify(value).slice(1, -1));
    this.add(secret, 'as base64', Buffer.from(value, 'utf8').toString('base64').replace(/=+$/, ''));
    this.add(secret, 'as hexadecimal', Buffer.from(value, 'utf8').toString('hex'));
  }

  /** Adds a secret that is bytes: parts of it are looked for raw, in base64, in hexadecimal, and as numbers. */
  bytes(secret: string, value: Uint8Array): void {
    const bytes = Buffer.from(value);
    const step = Math.max(1, Math.floor((bytes.length - WINDOW_BYTES) / WINDOWS));
    for (let at = 0; at + WINDOW_BYTES <= bytes.length; at += step) {
      const window = bytes.subarray(at, at + WINDOW_BYTES);
      if (new Set(window).size < WINDOW_BYTES / 2) continue;
      this.add(secret, 'raw', window.toString('latin1'));
      this.add(secret, 'as hexadecimal', window.toString('hex'));
      this.add(secret, 'as numbers', [...window].join(','));
      // Where a window begins within three bytes decides how base64 writes it.
      for (let shift = 0; shift < 3; shift++) {
        const aligned = bytes.subarray(at + shift, at + shift + 15);
        if (aligned.length === 15) this.add(secret, 'as base64', aligned.toString('base64'));
      }
    }
  }

  /** Adds an embedding: its bytes, and its values as they are printed. */
  embedding(secret: string, values: Float32Array): void {
    this.bytes(secret, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    for (let at = 0; at + 1 < values.length; at += 7) {
      const value = String(values[at]);
      if (value.length >= 12) this.add(secret, 'as a number', value.slice(0, 12));
    }
  }

  /** Adds what a request or an answer holds in fields that are named like secrets. */
  fieldsOf(value: unknown, more: readonly string[] = []): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (SECRET_FIELD.test(name) || more.includes(name)) {
        // Somebody's address as a password is refused; it is no secret.
        const texts = [inner].flat().filter((text) => typeof text === 'string' && !/^\S+@\S+$/.test(text));
        for (const text of texts) this.text(name, text as string);
      }
      this.fieldsOf(inner, more);
    }
  }

  /** Every secret that stands in one of the texts, once. */
  in(texts: readonly string[]): Leak[] {
    const all = texts.join('\n');
    return [...this.needles.values()].flatMap(({ secret, form, text }) => {
      const at = all.indexOf(text);
      if (at === -1) return [];
      return [{ secret, form, excerpt: all.slice(Math.max(0, at - 120), at + 20) }];
    });
  }

  private add(secret: string, form: string, text: string): void {
    if (text.length >= TEXT_MIN) this.needles.set(text, { secret, form, text });
  }
}
