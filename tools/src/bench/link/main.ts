import { describeMachine } from '../machine';
import { measureHerd } from './herd-suite';
import { readLinkOptions } from './link-options';
import { measureRevocations } from './revoke-suite';
import { measureFirstSync } from './sync-suite';

const EXIT_FAILED = 1;
const EXIT_USAGE = 64;

/** Measures the link to doors and prints what came out as JSON; exits with 1 when a target is missed. */
export async function linkMain(args: readonly string[]): Promise<number> {
  let options;
  try {
    options = readLinkOptions(args);
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    return EXIT_USAGE;
  }
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const machine = describeMachine();
  const suites = { sync: measureFirstSync, revoke: measureRevocations, herd: measureHerd };
  const measured = await suites[options.suite](options, say);
  process.stdout.write(`${JSON.stringify({ machine, ...measured }, undefined, 2)}\n`);
  return measured.reached ? 0 : EXIT_FAILED;
}
