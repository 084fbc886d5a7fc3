import { createHash, randomBytes } from 'node:crypto';

/** Who asks. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** How a camera wants to be told who asks; the fields are those of RFC 7616. */
export type Challenge =
  | {
      readonly scheme: 'digest';
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | null;
      readonly hash: 'md5' | 'sha256';
      readonly algorithm: string | null;
      readonly hasQop: boolean;
    }
  | { readonly scheme: 'basic' };

const HASHES: Readonly<Record<string, 'md5' | 'sha256'>> = { md5: 'md5', 'sha-256': 'sha256' };

/**
 * The best of the ways that a camera offers in its `WWW-Authenticate` headers: the password stays unsaid if at all
 * possible.
 *
 * @returns null when there is none that we know
 */
export function bestChallenge(headers: readonly string[]): Challenge | null {
  const digests = headers.flatMap((header) => digestOf(header) ?? []);
  const best = digests.find(({ hash }) => hash === 'sha256') ?? digests[0];
  if (best) return best;
  return headers.some((header) => /^basic\b/i.test(header)) ? { scheme: 'basic' } : null;
}

/** The `Authorization` of one request. @param count how many requests this challenge was answered for, from 1 */
export function authorisation(
  challenge: Challenge,
  { user, password }: Credentials,
  { method, uri, count }: { method: string; uri: string; count: number },
): string {
  if (challenge.scheme === 'basic') {
    return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
  }
  const { realm, nonce, opaque, hash, algorithm, hasQop } = challenge;
  const digest = (text: string): string => createHash(hash).update(text, 'utf8').digest('hex');
  const who = digest(`${user}:${realm}:${password}`);
  const what = digest(`${method}:${uri}`);
  const ours = randomBytes(8).toString('hex');
  const times = count.toString(16).padStart(8, '0');
  const response = hasQop
    ? digest([who, nonce, times, ours, 'auth', what].join(':'))
    : digest(`${who}:${nonce}:${what}`);
  return [
    `Digest username="${quoted(user)}", realm="${quoted(realm)}", nonce="${quoted(nonce)}", uri="${uri}"`,
    `response="${response}"`,
    ...(algorithm === null ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === null ? [] : [`opaque="${quoted(opaque)}"`]),
    ...(hasQop ? [`qop=auth, nc=${times}, cnonce="${ours}"`] : []),
  ].join(', ');
}

function digestOf(header: string): (Challenge & { scheme: 'digest' }) | null {
  if (!/^digest\b/i.test(header)) return null;
  const fields = new Map<string, string>();
  for (const [, name, quotedValue, plain] of header.matchAll(
    /(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g,
  )) {
    fields.set(name!.toLowerCase(), quotedValue?.replace(/\\(.)/g, '$1') ?? plain ?? '');
  }
  const [realm, nonce] = [fields.get('realm'), fields.get('nonce')];
  const algorithm = fields.get('algorithm') ?? null;
  const hash = HASHES[(algorithm ?? 'md5').toLowerCase()];
  if (realm === undefined || nonce === undefined || !hash) return null;
  const hasQop = (fields.get('qop') ?? '').split(',').some((each) => each.trim() === 'auth');
  return { scheme: 'digest', realm, nonce, opaque: fields.get('opaque') ?? null, hash, algorithm, hasQop };
}

function quoted(text: string): string {
  return text.replace(/["\\]/g, '\\$&');
}
