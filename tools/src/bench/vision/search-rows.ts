import { join } from 'node:path';
import { isWanted } from '../bench-options';
import { startScript } from '../peers/start-peers';
import { resultOf } from '../report';
import { CONTENDER } from '../targets';
import { measure, runner, type VisionContext } from './context';

const GALLERIES = [
  { name: 'search-1k', count: 1_000 },
  { name: 'search-10k', count: 10_000 },
  { name: 'search-100k', count: 100_000 },
] as const;
const DIMENSION = 512;

/** One query against galleries of strangers, beside reading as many bytes once. */
export async function searchRows(context: VisionContext): Promise<void> {
  const wanted = GALLERIES.filter(({ name }) => isWanted(context.options, name));
  if (wanted.length === 0) return;
  // A process of its own: the gallery is large, and its memory is nobody else's.
  const [ours, reader] = await Promise.all([
    startScript(CONTENDER.ours, join(__dirname, '../contenders/face-core.ts')),
    startScript(CONTENDER.readOnce, join(__dirname, '../contenders/memory-read.ts')),
  ]);
  try {
    for (const { name, count } of wanted) {
      context.progress(name);
      const ask = () => ({ count, dimension: DIMENSION });
      const measured = await measure(context, [runner(ours, 'search', ask), runner(reader, 'readOnce', ask)]);
      context.results.push(resultOf({ name, size: `${count}x${DIMENSION}`, minFacePx: 0 }, measured));
    }
  } finally {
    await Promise.all([ours.stop(), reader.stop()]);
  }
}
