import { inspect } from 'node:util';

import { FaceCoreError } from './errors';

const EXIT_FAILED = 1;
const EXIT_USAGE = 64;

/**
 * Runs a command of the library as the program: its number is the exit code; an error that was foreseen is told by its
 * code and message alone, and one of usage (`area/usage`) ends with 64.
 */
export function runCommand(main: () => Promise<number>): void {
  // A reader such as `head` may leave before the output ends.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  main().then(
    (exitCode) => {
      process.exitCode = exitCode;
    },
    (error: unknown) => {
      const known = error instanceof FaceCoreError;
      process.stderr.write(`${known ? `${error.code}: ${error.message}` : inspect(error)}\n`);
      process.exitCode = known && error.code.endsWith('/usage') ? EXIT_USAGE : EXIT_FAILED;
    },
  );
}
