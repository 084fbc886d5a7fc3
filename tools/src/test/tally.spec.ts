import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addTallies, formatTally, readJestTally, readPlaywrightTally } from './tally';

describe('the tally of a test run', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'munjigi-tally-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const file = (content: unknown) => {
    const path = join(directory, 'report.json');
    writeFileSync(path, JSON.stringify(content));
    return path;
  };

  it('counts a suite that could not be run as a failure', () => {
    const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numRuntimeErrorTestSuites: 1 };
    expect(readJestTally(file(report))).toEqual({ passed: 7, failed: 2, skipped: 2 });
  });

  it('counts a test that passed only on a retry as failed', () => {
    const report = { stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 0 } };
    expect(readPlaywrightTally(file(report))).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it.each([readJestTally, readPlaywrightTally])('takes a missing report for a failure', (read) => {
    expect(read(join(directory, 'none.json'))).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('is told in one line', () => {
    const one = { passed: 1, failed: 0, skipped: 0 };
    expect(formatTally(addTallies([one, one]))).toBe('2 passed, 0 failed');
    expect(formatTally({ passed: 1, failed: 0, skipped: 4 })).toBe('1 passed, 0 failed, 4 skipped');
  });
});
