/** What stands in the place of what must not be kept. */
export const REDACTED = '[redacted]';

/** Fields whose text, bytes or lists are never kept, whatever they hold. */
const SECRET_NAME =
  /password$|secrets?$|token$|tokens$|^(set-)?cookies?$|^authorization$|embeddings?$|jpeg$|^(image|photo|picture|crop)s?$|^seed$|privatekey$|private_key$|^recovery_?codes$/i;
/** What is a secret wherever it stands: our tokens, cookies, headers, and pictures as text. */
const SECRET_TEXT =
  /mnj_[a-z]+_[\w-]{16,}|munjigi_session=[\w.-]+|\bBearer +[\w.~+/=-]+|\bdata:image\/[\w+.-]+;base64,[\w+/=]+/gi;
/** Bytes as text: longer than any hash, signature or public key. */
const BYTES_TEXT = /[A-Za-z0-9+/_-]{200,}={0,2}/g;
/** So many numbers in a row are an embedding, or samples of a picture. */
const NUMBERS_MIN = 32;
const DEPTH_MAX = 10;

/**
 * A copy without secrets, pictures and embeddings, for logs and the account: fields with a secret's name, bytes, long
 * lists of numbers, and secrets inside texts are replaced.
 *
 * Only plain objects and arrays are looked into; an object of a class is left to whoever writes it.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEPTH_MAX || isBytes(value)) return REDACTED;
  if (Array.isArray(value)) {
    if (value.length >= NUMBERS_MIN && value.every((item) => typeof item === 'number')) return REDACTED;
    return value.map((item) => redact(item, depth + 1));
  }
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      SECRET_NAME.test(name) && holdsText(inner) ? REDACTED : redact(inner, depth + 1),
    ]),
  );
}

/** A text without the secrets that can be known by their form. */
export function redactText(text: string): string {
  return text.replace(SECRET_TEXT, REDACTED).replace(BYTES_TEXT, REDACTED);
}

function holdsText(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null);
}

function isBytes(value: object): boolean {
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return true;
  // A Buffer that was made JSON.
  return 'type' in value && value.type === 'Buffer' && 'data' in value;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
