import { Wake } from './wake';

const never = () => new AbortController().signal;

describe('Wake', () => {
  it('wakes whoever waits', async () => {
    const wake = new Wake();
    const waiting = wake.wait(60_000, never());
    wake.ring();
    await waiting;
  });

  it('does not lose a ring that came before the wait, and gives it once', async () => {
    const wake = new Wake();
    wake.ring();
    wake.ring();
    await wake.wait(60_000, never());
    const beganMs = performance.now();
    await wake.wait(30, never());
    expect(performance.now() - beganMs).toBeGreaterThan(20);
  });

  it('ends when the signal aborts, before or during the wait', async () => {
    const ending = new AbortController();
    const waiting = new Wake().wait(60_000, ending.signal);
    ending.abort();
    await waiting;
    await new Wake().wait(60_000, ending.signal);
  });
});
