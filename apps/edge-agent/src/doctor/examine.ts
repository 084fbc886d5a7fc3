import { messageOf } from '../domain/agent-error';
import { fail, type Check, type Finding } from './finding';

/** A check that takes longer counts as failed, ms. */
const LIMIT_MS = 30_000;

const SIGNS = { ok: '✓', warn: '!', fail: '✗' } as const;

/**
 * Runs the checks one after the other, as they share camera and cores, and prints a line for each, with what to do
 * below it. A check that fails never keeps the next from running.
 *
 * @returns how many faults there are; warnings are none
 */
export async function examine(checks: readonly Check[], print: (line: string) => void): Promise<number> {
  const width = Math.max(...checks.map(({ name }) => name.length));
  let faults = 0;
  for (const { name, run } of checks) {
    const finding = await settled(run);
    if (finding.state === 'fail') faults += 1;
    const [first, ...more] = finding.found.split('\n');
    print(`${SIGNS[finding.state]} ${name.padEnd(width)}  ${first}`);
    for (const line of more) print(`  ${' '.repeat(width)}  ${line.trim()}`);
    if (finding.state !== 'ok') print(`  ${' '.repeat(width)}  → ${finding.advice}`);
  }
  return faults;
}

async function settled(run: Check['run']): Promise<Finding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    const finding = fail(
      `no answer within ${LIMIT_MS / 1000} s`,
      'Look at the log of the system: journalctl -b.',
    );
    timer = setTimeout(() => resolve(finding), LIMIT_MS);
  });
  try {
    return await Promise.race([run(), late]);
  } catch (error) {
    return fail(messageOf(error), 'This check could not be made; what it says above is all that is known.');
  } finally {
    clearTimeout(timer);
  }
}
