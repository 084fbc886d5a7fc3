/** Every project in one run, so that they share the machine's cores. */
module.exports = {
  projects: ['libs/*', 'apps/api', 'apps/admin', 'apps/edge-agent', 'tools'].map(
    (path) => `<rootDir>/${path}`,
  ),
  testSequencer: '<rootDir>/tools/jest/longest-first-sequencer.cjs',
  testTimeout: 30_000,
};
