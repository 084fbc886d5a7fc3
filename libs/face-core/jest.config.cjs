module.exports = {
  ...require('../../jest.preset.cjs'),
  rootDir: __dirname,
  globalSetup: '<rootDir>/src/testing/global-setup.ts',
};
