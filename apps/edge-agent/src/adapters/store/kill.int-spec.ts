import { runProgram } from '../../testing/run-program';
import { temporaryDirectories } from '../../testing/temp-directory';
import { until } from '../../testing/until';
import { openStore } from './open-store';

const newDirectory = temporaryDirectories();

interface Told {
  readonly epoch?: string;
  readonly sequence?: number;
  readonly id?: string;
  readonly acknowledging?: number;
}

describe('the outbox after kill -9', () => {
  it('has every event that was told to be durable exactly once, over several lives', async () => {
    const directory = newDirectory();
    const durable = new Map<number, string>();
    let acknowledged = 0;
    let epoch: string | undefined;
    for (const lifeLength of [25, 40, 33]) {
      const writer = runProgram('testing/outbox-writer.ts', { args: [directory] });
      await until(() => writer.lines.length >= lifeLength, { what: writer.stderr() || 'the writer' });
      await writer.kill();
      for (const told of writer.lines as Told[]) {
        if (told.sequence !== undefined && told.id) durable.set(told.sequence, told.id);
        acknowledged = told.acknowledging ?? acknowledged;
        epoch ??= told.epoch;
      }

      const { events, damagedPath, close } = openStore({ directory, modelId: 'mobilefacenet-192' });
      const pending = events.pending(1_000_000);
      const { lastSequence, epoch: epochNow } = events.position;
      close();
      expect(damagedPath).toBeNull();
      expect(epochNow).toBe(epoch);
      // An event may be durable of which the writer died before it could tell.
      const told = Math.max(...durable.keys());
      expect(lastSequence - told).toBeGreaterThanOrEqual(0);
      expect(lastSequence - told).toBeLessThanOrEqual(1);
      const [first] = pending;
      expect(first!.sequence).toBeLessThanOrEqual(acknowledged + 1);
      expect(pending.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: lastSequence - first!.sequence + 1 }, (_, index) => first!.sequence + index),
      );
      for (const { sequence, id } of pending) {
        if (durable.has(sequence)) expect(id).toBe(durable.get(sequence));
        durable.set(sequence, id);
      }
    }
    expect(new Set(durable.values()).size).toBe(durable.size);
  });
});
