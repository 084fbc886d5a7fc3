import { AgentError } from '../domain/agent-error';
import { BatchSize } from './batch-size';

const late = () => Promise.reject(new AgentError('uplink/no-answer', 'The server did not answer.'));

describe('BatchSize', () => {
  it('shrinks with every answer that does not come, down to one, and grows again with those that do', async () => {
    const batch = new BatchSize();
    const sizes: number[] = [];
    const attempt = (work: () => Promise<void>) =>
      batch
        .attempt(200, (size) => {
          sizes.push(size);
          return work();
        })
        .catch(() => undefined);
    for (let round = 0; round < 5; round += 1) await attempt(late);
    for (let round = 0; round < 3; round += 1) await attempt(() => Promise.resolve());
    expect(sizes).toEqual([200, 50, 12, 3, 1, 1, 2, 4]);
  });

  it('does not take a refusal for a slow link', async () => {
    const batch = new BatchSize();
    const refusal = new AgentError('events/invalid', 'No.');
    await expect(batch.attempt(200, () => Promise.reject(refusal))).rejects.toBe(refusal);
    expect(batch.within(200)).toBe(200);
  });
});
