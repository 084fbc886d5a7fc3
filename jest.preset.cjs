const { join } = require('node:path');

// A test's `process.env` is a copy that native code does not see: what the product sets for onnxruntime is set here too.
process.env.ORT_DISABLE_TELEMETRY = '1';

/** What every project's jest.config.cjs starts from. */
module.exports = {
  testEnvironment: join(__dirname, 'tools/jest/native-node-environment.cjs'),
  testMatch: ['<rootDir>/src/**/*spec.ts', '<rootDir>/src/**/*spec.tsx', '<rootDir>/test/**/*spec.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.next/'],
  moduleNameMapper: {
    '^@munjigi/(contracts|face-core)/testing$': join(__dirname, 'libs/$1/src/testing/index.ts'),
    '^@munjigi/(access-rules|audit-chain|contracts|face-core)$': join(__dirname, 'libs/$1/src/index.ts'),
  },
  transform: {
    '^.+\\.[mc]?[tj]sx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true, decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/(?!(?:.*/node_modules/)?(jose|uuid|@scure|@noble)/)'],
  testTimeout: 30_000,
};
