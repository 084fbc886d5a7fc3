import type { DoorOutboxVerification } from '@munjigi/contracts';

/** What reckoning a whole chain anew has found. */
export interface ChainVerdict {
  /** How many events were read, and how many of them their door has not chained. */
  readonly events: number;
  readonly unchained: number;
  /** Up to where signatures vouch; 0: for nothing. */
  readonly signedThrough: number;
  readonly fault: DoorOutboxVerification['fault'];
}

/**
 * Puts together the verdict on a chain from its parts, each asked for in its turn. Ends at the first fault.
 *
 * @param part gives the part that follows the event of this sequence; 0: the first part
 * @throws what `part` throws
 */
export async function verifyChain(
  part: (after: number) => Promise<DoorOutboxVerification>,
): Promise<ChainVerdict> {
  let verdict: ChainVerdict = { events: 0, unchained: 0, signedThrough: 0, fault: null };
  let after: number | null = 0;
  while (after !== null && verdict.fault === null) {
    const read: DoorOutboxVerification = await part(after);
    verdict = {
      events: verdict.events + read.events,
      unchained: verdict.unchained + read.unchained,
      signedThrough: Math.max(verdict.signedThrough, read.signedThrough),
      fault: read.fault,
    };
    after = read.nextAfter;
  }
  return verdict;
}
