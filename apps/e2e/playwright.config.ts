import { join } from 'node:path';
import { ARTIFACTS } from '@munjigi/tools';
import { defineConfig } from '@playwright/test';

/** One worker: the journeys run real systems, and each is allowed the whole machine. */
export default defineConfig({
  testDir: 'src',
  testMatch: '*.e2e-spec.ts',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  outputDir: join(ARTIFACTS, 'e2e', 'failures'),
  reporter: [['list'], ['json', { outputFile: join(ARTIFACTS, 'e2e', 'report.json') }]],
});
