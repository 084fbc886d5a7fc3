import canonicalize from 'canonicalize';

/** Where an event's chain begins: what its first event carries as the hash of the one before it, once hashed. */
export function chainStartText(epoch: string, firstSequence: number): string {
  return `munjigi event chain ${epoch.toLowerCase()} ${firstSequence}`;
}

/**
 * What an event is hashed as: the RFC 8785 (JCS) text of all its fields with `"v":1` and its epoch. So that every copy
 * of it gives the same text, ids are in lower case, `occurredAt` is in UTC with milliseconds, quality and liveness have
 * single precision, and fields that are null are left out. Its hash, SHA-256 over the UTF-8 bytes of this, is the
 * `previousHash` of the event after it.
 *
 * @param event as it travels, with its `previousHash` and with fields that the reader does not know
 * @throws when it is no JSON object
 */
export function eventChainText(epoch: string, event: object): string {
  const said = Object.entries({ ...event, v: 1, epoch }).flatMap(([name, value]) => {
    const same: unknown = uniform(name, value);
    return same === null || same === undefined ? [] : [[name, same] as const];
  });
  const text = canonicalize(Object.fromEntries(said));
  if (text === undefined) throw new Error('There is no canonical form of what is no JSON object.');
  return text;
}

const IDS: ReadonlySet<string> = new Set(['id', 'epoch', 'trackId', 'personId']);
const SHARES: ReadonlySet<string> = new Set(['quality', 'liveness']);

function uniform(name: string, value: unknown): unknown {
  if (typeof value === 'string' && IDS.has(name)) return value.toLowerCase();
  if (typeof value === 'number' && SHARES.has(name)) return Math.fround(value);
  if (name !== 'occurredAt' || typeof value !== 'string') return value;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? value : at.toISOString();
}
