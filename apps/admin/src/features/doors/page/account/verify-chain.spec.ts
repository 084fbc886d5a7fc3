import type { DoorOutboxVerification } from '@munjigi/contracts';
import { verifyChain } from './verify-chain';

const EMPTY: DoorOutboxVerification = {
  epoch: '6f1d2a3c-8f54-4d4e-9c1b-0a2b3c4d5e6f' as DoorOutboxVerification['epoch'],
  firstSequence: null,
  lastSequence: null,
  events: 0,
  unchained: 0,
  checkpoints: 0,
  signedThrough: 0,
  nextAfter: null,
  fault: null,
};

/** Answers with these parts in turn, and notes what it was asked. */
function parts(...answers: Partial<DoorOutboxVerification>[]) {
  const asked: number[] = [];
  const part = (after: number) => {
    asked.push(after);
    return Promise.resolve({ ...EMPTY, ...answers[asked.length - 1] });
  };
  return { asked, part };
}

describe('verifyChain', () => {
  it('reads part after part to the end, and adds them up', async () => {
    const { asked, part } = parts(
      { events: 100, unchained: 3, signedThrough: 90, nextAfter: 100 },
      { events: 20, signedThrough: 0 },
    );
    expect(await verifyChain(part)).toEqual({ events: 120, unchained: 3, signedThrough: 90, fault: null });
    expect(asked).toEqual([0, 100]);
  });

  it('ends at the first fault', async () => {
    const fault = { sequence: 42, what: 'changed' } as const;
    const { asked, part } = parts({ events: 42, fault, nextAfter: 100 }, { events: 100 });
    expect((await verifyChain(part)).fault).toEqual(fault);
    expect(asked).toEqual([0]);
  });
});
