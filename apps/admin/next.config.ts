import { join } from 'node:path';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const repositoryRoot = join(__dirname, '../..');

const config: NextConfig = {
  output: 'standalone',
  // Workspaces hoist packages to the repository's root, so both the tracer and the bundler must see it.
  outputFileTracingRoot: repositoryRoot,
  turbopack: {
    root: repositoryRoot,
    resolveAlias: {
      '@munjigi/contracts': '../../libs/contracts/src/index.ts',
      '@munjigi/access-rules': '../../libs/access-rules/src/index.ts',
    },
  },
  // The project's own typecheck target covers this; a build on a newcomer's machine need not do it again.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
  images: { unoptimized: true },
};

const withMessages = createNextIntlPlugin({
  requestConfig: './src/i18n/request.ts',
  // Texts are parsed when the console is built: a browser need not have the parser.
  experimental: { messages: { path: './src/messages', format: 'json', locales: 'infer', precompile: true } },
});

export default withMessages(config);
