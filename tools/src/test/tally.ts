import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many tests a run executed. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const jestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numRuntimeErrorTestSuites: z.number(),
});

const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()).default([]),
});

/** Counts jest's `--json` report; a suite that could not be run counts as one failure. */
export function readJestTally(file: string): Tally {
  const report = read(file, jestSchema);
  if (!report) return NOTHING_RAN;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    skipped: report.numPendingTests,
  };
}

/** Counts Playwright's JSON report; a test that passed only on a retry counts as failed. */
export function readPlaywrightTally(file: string): Tally {
  const report = read(file, playwrightSchema);
  if (!report) return NOTHING_RAN;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

/** The sum of several runs. */
export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: sum(tallies, 'passed'),
    failed: sum(tallies, 'failed'),
    skipped: sum(tallies, 'skipped'),
  };
}

/** The closing line of a run. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** A runner that left no report has failed, whatever its exit code. */
const NOTHING_RAN: Tally = { passed: 0, failed: 1, skipped: 0 };

function sum(tallies: readonly Tally[], key: keyof Tally): number {
  return tallies.reduce((total, tally) => total + tally[key], 0);
}

function read<T extends z.ZodType>(file: string, schema: T): z.infer<T> | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
