import type { EventLink } from './event-link';
import { chainStart } from './event-link';

/** How far the chain of one outbox is known. */
export interface ChainHead {
  /** The hash of the last acknowledged event; null when that one is not chained, or never came. */
  readonly hash: string | null;
  /** The first event that is chained; null before there is one. */
  readonly first: number | null;
  /** The first event that did not follow from the one before it; null as a rule. */
  readonly brokenAt: number | null;
}

/** Where a walk is: the head, and the sequence that its hash is of. */
interface At extends ChainHead {
  readonly sequence: number;
}

/**
 * The head after more events of the outbox, in their order. After a gap an event cannot be checked against what is
 * missing: the signature over a later one vouches for what it says of it.
 *
 * @param acknowledged the sequence that the head's hash is of
 */
export function walkChain(
  head: ChainHead,
  { epoch, acknowledged }: { readonly epoch: string; readonly acknowledged: number },
  links: readonly EventLink[],
): ChainHead {
  let at: At = { ...head, sequence: acknowledged };
  for (const link of links) at = step(at, epoch, link);
  return { hash: at.hash, first: at.first, brokenAt: at.brokenAt };
}

function step(at: At, epoch: string, { received: { sequence }, previousHash, hash }: EventLink): At {
  const brokenAt = at.brokenAt ?? (follows(at, epoch, sequence, previousHash) ? null : sequence);
  return { sequence, hash, first: at.first ?? (hash === null ? null : sequence), brokenAt };
}

function follows(at: At, epoch: string, sequence: number, previousHash: string | null): boolean {
  // A chain that has begun goes on: an agent that stops chaining is not the one that began.
  if (previousHash === null) return at.first === null;
  if (at.first === null && previousHash === chainStart(epoch, sequence)) return true;
  if (sequence !== at.sequence + 1) return true;
  return previousHash === at.hash;
}
