import { checkpointText, type DoorOutboxVerification } from '@munjigi/contracts';
import { isSignedBy } from '../devices/signatures';
import { hashOfEvent } from './event-link';
import type { OutboxFacts, StoredCheckpoint, StoredEvent } from './stored-chain';

/** Whose outbox it is, and the keys that its device has or had, by fingerprint. */
export interface OutboxOwner {
  readonly doorId: string;
  readonly serverId: string;
  readonly publicKeys: ReadonlyMap<string, Buffer>;
}

type Fault = NonNullable<DoorOutboxVerification['fault']>;

/** Reckons the chain of one outbox anew, event by event in their order, and says what is wrong first. */
export class OutboxVerification {
  private before: { readonly sequence: number; readonly hash: string | null } | null = null;
  private first: number | null = null;
  private events = 0;
  private unchained = 0;
  private checkpoints = 0;
  private signedThrough = 0;
  private fault: Fault | null = null;
  private readonly signed: ReadonlyMap<number, StoredCheckpoint>;

  constructor(
    private readonly facts: OutboxFacts,
    private readonly owner: OutboxOwner,
  ) {
    this.signed = new Map(facts.checkpoints.map((each) => [each.sequence, each]));
  }

  /** The last event that was looked at; 0 before there is one. */
  get sequence(): number {
    return this.before?.sequence ?? 0;
  }

  /** Looks at the next event. The first one is taken as it is: what was before it may have been removed by age. */
  add({ sequence, event, previousHash }: StoredEvent): void {
    const { before } = this;
    this.events++;
    this.first ??= sequence;
    if (previousHash === null) this.unchained++;
    if (before !== null) this.look(before, sequence, previousHash);
    const isChained = previousHash !== null && event !== null;
    const hash = isChained ? hashOfEvent(this.facts.epoch, event) : null;
    this.before = { sequence, hash };
    const checkpoint = this.signed.get(sequence);
    if (checkpoint) this.check(checkpoint, hash);
  }

  /** What was found. @param isWhole whether there is nothing more to look at */
  result(isWhole: boolean): DoorOutboxVerification {
    if (isWhole) this.lookAtEnd();
    const { first, events, unchained, checkpoints, signedThrough, fault } = this;
    return {
      epoch: this.facts.epoch as DoorOutboxVerification['epoch'],
      firstSequence: first,
      lastSequence: this.before?.sequence ?? null,
      ...{ events, unchained, checkpoints, signedThrough, fault },
      nextAfter: isWhole ? null : this.sequence,
    };
  }

  private look(
    before: { readonly sequence: number; readonly hash: string | null },
    sequence: number,
    previousHash: string | null,
  ): void {
    const missing = this.missingBetween(before.sequence, sequence);
    if (missing !== null) this.found({ sequence: missing, what: 'removed' });
    else if (sequence === before.sequence + 1 && before.hash !== null && previousHash !== before.hash)
      this.found({ sequence: before.sequence, what: 'changed' });
  }

  private lookAtEnd(): void {
    const { acknowledged, hash, checkpoints } = this.facts;
    const signedLast = checkpoints.at(-1)?.sequence ?? 0;
    if (this.before === null) return;
    const missing = this.missingBetween(this.before.sequence, Math.max(acknowledged, signedLast) + 1);
    if (missing !== null) this.found({ sequence: missing, what: 'removed' });
    else if (this.before.sequence === acknowledged && this.before.hash !== null && this.before.hash !== hash)
      this.found({ sequence: acknowledged, what: 'changed' });
  }

  private check(checkpoint: StoredCheckpoint, hash: string | null): void {
    const { doorId, serverId, publicKeys } = this.owner;
    const { sequence, fingerprint, signature } = checkpoint;
    const key = publicKeys.get(fingerprint);
    const text = checkpointText({ ...checkpoint, epoch: this.facts.epoch, doorId, serverId });
    this.checkpoints++;
    if (!key || checkpoint.hash !== hash || !isSignedBy(key, text, signature))
      this.found({ sequence, what: 'signature' });
    else if (this.fault === null) this.signedThrough = sequence;
  }

  /** The first place between two that nothing is stored for and that is not known to be missing. */
  private missingBetween(before: number, sequence: number): number | null {
    let expected = before + 1;
    if (expected === sequence) return null;
    for (const { first, last } of this.facts.gaps)
      if (first <= expected && last >= expected) expected = last + 1;
    return expected < sequence ? expected : null;
  }

  private found(fault: Fault): void {
    this.fault ??= fault;
  }
}
