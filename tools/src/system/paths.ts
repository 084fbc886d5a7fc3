import { resolve } from 'node:path';

/** The repository's root, wherever a command is run from. */
export const REPOSITORY = resolve(__dirname, '../../..');

/** The server's program, after a build. */
export const API_MAIN = resolve(REPOSITORY, 'apps/api/dist/main.js');

/** The door's program, after a build. */
export const AGENT_MAIN = resolve(REPOSITORY, 'apps/edge-agent/dist/main.js');

/** The console's server, after a build. */
export const CONSOLE_MAIN = resolve(REPOSITORY, 'apps/admin/.next/standalone/apps/admin/server.js');

/** What a run of the tests leaves to be looked at. */
export const ARTIFACTS = resolve(REPOSITORY, 'artifacts');
