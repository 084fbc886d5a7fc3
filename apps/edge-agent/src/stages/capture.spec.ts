import { FramePool } from '../adapters/frames/frame-pool';
import { FrameMailbox } from './capture';

function frames() {
  const pool = new FramePool();
  let frameNumber = 0;
  const next = () => {
    frameNumber += 1;
    const facts = { width: 1, height: 1, scene: 1, capturedAtMs: frameNumber, capturedAtWallMs: frameNumber };
    return pool.frame(pool.take(3), { ...facts, frameNumber });
  };
  return { pool, next };
}

describe('FrameMailbox', () => {
  it('gives the newest frame, and gives the buffers of dropped ones back', async () => {
    const { pool, next } = frames();
    const mailbox = new FrameMailbox();
    for (let count = 0; count < 5; count += 1) mailbox.put(next());
    expect((await mailbox.take())?.frameNumber).toBe(5);
    expect(mailbox.dropped).toBe(4);
    // One buffer was reused for every dropped frame but the one that a newer came to while it still lay there.
    expect(pool.idleCount).toBe(1);
  });

  it('hands a frame to whoever waits already', async () => {
    const { next } = frames();
    const mailbox = new FrameMailbox();
    const taken = mailbox.take();
    mailbox.put(next());
    expect((await taken)?.frameNumber).toBe(1);
    expect(mailbox.dropped).toBe(0);
  });

  it('lets go of everything when it is closed', async () => {
    const { pool, next } = frames();
    const mailbox = new FrameMailbox();
    mailbox.put(next());
    mailbox.close();
    mailbox.put(next());
    expect(await mailbox.take()).toBeNull();
    expect(pool.idleCount).toBe(1);
  });

  it('lets go of whoever waits when it is closed', async () => {
    const mailbox = new FrameMailbox();
    const taken = mailbox.take();
    mailbox.close();
    expect(await taken).toBeNull();
  });
});

describe('a frame', () => {
  it('keeps its buffer until the last holder released it', () => {
    const { pool, next } = frames();
    const frame = next();
    frame.retain();
    frame.release();
    expect(pool.idleCount).toBe(0);
    frame.release();
    expect(pool.idleCount).toBe(1);
    expect(() => frame.release()).toThrow(/more often/);
    expect(() => frame.retain()).toThrow(/cannot be held/);
  });
});
