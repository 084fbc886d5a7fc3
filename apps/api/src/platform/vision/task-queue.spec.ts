import { TaskQueue } from './task-queue';

/** A task that ends when told to. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('TaskQueue', () => {
  it('runs one task at a time, in order', async () => {
    const queue = new TaskQueue(10);
    const log: string[] = [];
    const first = gate();
    const results = Promise.all([
      queue.run(async () => {
        log.push('first begins');
        await first.opened;
        log.push('first ends');
        return 1;
      }),
      queue.run(() => {
        log.push('second');
        return Promise.resolve(2);
      }),
    ]);
    first.open();
    expect(await results).toEqual([1, 2]);
    expect(log).toEqual(['first begins', 'first ends', 'second']);
  });

  it('goes on after a task that fails', async () => {
    const queue = new TaskQueue(10);
    const failing = queue.run(() => Promise.reject(new Error('on purpose')));
    const next = queue.run(() => Promise.resolve('next'));
    await expect(failing).rejects.toThrow('on purpose');
    expect(await next).toBe('next');
  });

  it('refuses when too many wait, and takes more when they are done', async () => {
    const queue = new TaskQueue(2);
    const first = gate();
    const running = [queue.run(() => first.opened), queue.run(() => Promise.resolve())];
    await expect(queue.run(() => Promise.resolve())).rejects.toMatchObject({ code: 'vision/busy' });
    first.open();
    await Promise.all(running);
    await expect(queue.run(() => Promise.resolve('again'))).resolves.toBe('again');
  });
});
