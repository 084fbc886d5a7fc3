import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How long a tool may take that reads or sets a line and ends. */
export const TOOL_LIMIT_MS = 2_000;

/** Runs one of libgpiod's tools to its end. @returns what it printed @throws when it fails or is missing */
export async function runTool(
  [tool, ...args]: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const { stdout } = await run(tool!, args, { env: environment, timeout: TOOL_LIMIT_MS });
  return stdout;
}
