import { createHash } from 'node:crypto';
import { chainStartText, eventChainText } from '@munjigi/contracts';

/** An event as it came, with its place. */
export interface ReceivedEvent {
  readonly sequence: number;
  readonly [field: string]: unknown;
}

/** What an event says of its chain. */
export interface EventLink {
  readonly received: ReceivedEvent;
  /** Of the one before it; null when the event is not chained. */
  readonly previousHash: string | null;
  /** Its own; null when it is not chained. */
  readonly hash: string | null;
}

/** What an event that came says of its chain. */
export function linkOf(epoch: string, received: ReceivedEvent): EventLink {
  const { previousHash } = received;
  if (typeof previousHash !== 'string') return { received, previousHash: null, hash: null };
  return { received, previousHash, hash: hashOfEvent(epoch, received) };
}

/** The hash of an event, base64url. */
export function hashOfEvent(epoch: string, event: object): string {
  return createHash('sha256').update(eventChainText(epoch, event)).digest('base64url');
}

/** What the first event of a chain says that the hash before it is. */
export function chainStart(epoch: string, sequence: number): string {
  return createHash('sha256').update(chainStartText(epoch, sequence)).digest('base64url');
}

const OF_ALL = [
  'id',
  'sequence',
  'kind',
  'occurredAt',
  'monotonicMs',
  'clockOffsetMs',
  'clockErrorMs',
  'previousHash',
];
const OF_VISITS: ReadonlySet<string> = new Set([
  ...OF_ALL,
  ...[
    'trackId',
    'outcome',
    'reason',
    'personId',
    'similarity',
    'runnerUpSimilarity',
    'similarityMin',
    'quality',
  ],
  ...['liveness', 'modelId', 'appliedRevision', 'pictureHash'],
]);
const OF_DOORS: ReadonlySet<string> = new Set([...OF_ALL, 'details']);

/** What is kept of a chained event beside its columns, so that its hash can be reckoned again; null: nothing. */
export function extraOf({ previousHash, received }: EventLink): Record<string, unknown> | null {
  if (previousHash === null) return null;
  const columns = received.kind === 'access' ? OF_VISITS : OF_DOORS;
  const extra = Object.entries(received).filter(([name]) => !columns.has(name));
  return extra.length === 0 ? null : Object.fromEntries(extra);
}
