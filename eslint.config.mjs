import eslint from '@eslint/js';
import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import munjigi from './tools/eslint/guarded-handlers.mjs';

const environmentReaders = [
  '**/config.ts',
  '**/config/**',
  '**/*spec.ts',
  '**/*spec.tsx',
  '**/testing/**',
  'apps/e2e/**',
  'tools/**',
  // Writes one variable for a native library.
  'libs/face-core/src/runtime/refuse-telemetry.ts',
];

/** Rules for every project. Lint runs in each project's own folder; boundaries follow the tags in its package.json. */
export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/.next/**',
      '**/node_modules/**',
      '**/artifacts/**',
      '**/*.cjs',
      '**/*.mjs',
      '**/next-env.d.ts',
    ],
  },
  eslint.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          allow: [],
          depConstraints: [
            // Vision is the product's core and must stay usable alone, without doors, servers or a wire.
            { sourceTag: 'scope:vision', onlyDependOnLibsWithTags: ['scope:vision'] },
            // The wire is shared by all, so it may depend on none of them.
            { sourceTag: 'scope:shared', onlyDependOnLibsWithTags: ['scope:shared'] },
            { sourceTag: 'scope:admin', onlyDependOnLibsWithTags: ['scope:admin', 'scope:shared'] },
            {
              sourceTag: 'scope:edge',
              onlyDependOnLibsWithTags: ['scope:edge', 'scope:shared', 'scope:vision'],
            },
            // The server needs vision for enrolment.
            {
              sourceTag: 'scope:api',
              onlyDependOnLibsWithTags: ['scope:api', 'scope:shared', 'scope:vision'],
            },
            {
              sourceTag: 'scope:tools',
              onlyDependOnLibsWithTags: ['scope:tools', 'scope:shared', 'scope:vision'],
            },
            { sourceTag: 'type:lib', onlyDependOnLibsWithTags: ['type:lib'] },
            // A page in a browser cannot load what needs Node.
            { sourceTag: 'platform:web', onlyDependOnLibsWithTags: ['platform:web', 'platform:any'] },
            { sourceTag: 'platform:any', onlyDependOnLibsWithTags: ['platform:any'] },
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    ignores: environmentReaders,
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Read configuration through the app’s config schema.',
        },
      ],
    },
  },
  {
    files: ['**/*spec.ts', '**/*spec.tsx', '**/testing/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // The console bundles the contracts from their sources: of `z` as one name, nothing can be left out.
    files: ['libs/contracts/src/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "ImportDeclaration[source.value='zod'] > ImportSpecifier[imported.name='z']",
          message: "Write import * as z from 'zod'.",
        },
      ],
    },
  },
  {
    // Whoever adds a route or a socket message says who may use it.
    files: ['apps/api/src/**/*.ts'],
    plugins: { munjigi },
    rules: { 'munjigi/guarded-handlers': 'error' },
  },
  { files: ['tools/**', '**/cli.ts'], rules: { 'no-console': 'off' } },
  prettier,
);
