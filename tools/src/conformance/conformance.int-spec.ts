import { runConformance, type Outcome } from './conformance-run';
import { seedsOf } from './script';

it('a door and its server lose nothing, double nothing and do nothing late in five scripts of faults', async () => {
  const outcomes: Outcome[] = [];
  const seeds = seedsOf(20261001, 5);
  await runConformance({ seeds, workers: 3, onOutcome: (outcome) => outcomes.push(outcome) });
  const told = outcomes.filter(({ violations }) => violations.length > 0);
  expect(told.map(({ script, violations }) => [script.seed, violations])).toEqual([]);
  expect(outcomes).toHaveLength(5);
}, 120_000);
