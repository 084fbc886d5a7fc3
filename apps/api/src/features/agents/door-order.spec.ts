import { DoorOrder } from './door-order';

describe('what concerns a door', () => {
  it('is done in the order in which it came, also after a failure, and waits for no other door', async () => {
    const order = new DoorOrder();
    const done: string[] = [];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = order.next('one', async () => {
      await held;
      done.push('one: slow');
      throw new Error('not noted');
    });
    const quick = order.next('one', () => Promise.resolve(done.push('one: quick')));
    await order.next('another', () => Promise.resolve(done.push('another')));
    release();
    await expect(slow).rejects.toThrow('not noted');
    await quick;
    expect(done).toEqual(['another', 'one: slow', 'one: quick']);
  });
});
