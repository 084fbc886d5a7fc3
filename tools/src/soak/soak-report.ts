import type { MemoryTrend } from './memory';
import type { DoorOutcome, SoakReport } from './soak-run';

/** How much more memory the last third may have than the first; a store and caches fill at the start. */
const GROWTH_MAX = 1.15;

/** What a soak showed to be wrong, in words; nothing: it is passed. */
export function shortcomings({ doors }: SoakReport): string[] {
  return doors.flatMap((door) => wrongOf(door).map((what) => `${door.name}: ${what}`));
}

/** The report as lines for people. */
export function formatSoakReport(report: SoakReport): string[] {
  const { seed, minutes, troubles, unlocks, doors, serverMemory, canFillDisks } = report;
  const wrong = shortcomings(report);
  return [
    `Soak of ${minutes} min, seed ${seed}`,
    `  ${Object.entries(troubles)
      .map(([kind, count]) => `${kind} ${count}`)
      .join(', ')}`,
    ...(canFillDisks ? [] : ['  No disk was filled: this user may not mount one.']),
    `  unlocked by operators ${unlocks.done}, refused or not reached ${unlocks.refused}`,
    ...doors.map(
      ({ name, account, told, lives, crashes, mostHeld, memory }) =>
        `  ${name}: stored ${account.stored}, told ${told}, lost ${account.lost}, doubled ${account.doubled}, ` +
        `differing ${account.differing}, out of order ${account.outOfOrder}; held ${mostHeld}, of these lost ` +
        `${account.heldLost}; lives ${lives}, crashes ${crashes}; memory ${formatTrend(memory)}`,
    ),
    `  server: memory ${formatTrend(serverMemory)} (over its lives)`,
    ...(wrong.length === 0 ? ['  Passed.'] : wrong.map((what) => `  WRONG: ${what}`)),
  ];
}

function wrongOf({ account, contradictions, crashes, memory, told }: DoorOutcome): string[] {
  const { lost, doubled, differing, outOfOrder, otherEpochs } = account;
  const counts = { lost, doubled, differing, outOfOrder, otherEpochs, contradictions, crashes };
  return [
    ...Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${what} ${count}`] : [])),
    ...(told === 0 ? ['nothing happened'] : []),
    ...(memory.samples >= 60 && memory.last > memory.first * GROWTH_MAX ? ['memory grew'] : []),
  ];
}

function formatTrend({ first, last, highest }: MemoryTrend): string {
  return `first third ${first.toFixed(0)} MiB, last ${last.toFixed(0)}, highest ${highest.toFixed(0)}`;
}
