import { execFile } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';

/** With more processors than these the system finds an idle one by itself. */
const PROCESSORS_MAX = 3;

/**
 * Keeps the calling thread on a processor of its own, where lanes would else share one.
 *
 * A thread that is woken stays on the processor that it ran on last, if that is where its waker runs, too: with two or
 * three processors Linux hardly looks for an idle one. Lanes that should run side by side then run one after the other
 * (measured on two: in most calls beside other programs, so that two threads took as long as one). Does nothing on
 * other systems, on more processors, or where `taskset` is not to be had: it is only faster.
 *
 * @param lane which of the lanes the calling thread is, from 0
 */
export async function pinThread(lane: number): Promise<void> {
  try {
    const processors = processorsOf(readFileSync('/proc/thread-self/status', 'utf8'));
    if (processors.length < 2 || processors.length > PROCESSORS_MAX) return;
    // Several doors on one machine must not all lead on the same processor.
    const processor = processors[(lane + process.pid) % processors.length] as number;
    const threadId = basename(readlinkSync('/proc/thread-self'));
    await promisify(execFile)('taskset', ['--pid', '--cpu-list', String(processor), threadId]);
  } catch {
    // Slower, not wrong.
  }
}

/** The processors that a thread may run on, from its status in `/proc`. */
export function processorsOf(status: string): number[] {
  const [, list = ''] = /^Cpus_allowed_list:\s*(\S+)/m.exec(status) ?? [];
  return [...list.matchAll(/(\d+)(?:-(\d+))?/g)].flatMap(([, first, last = first]) => {
    const from = Number(first);
    return Array.from({ length: Number(last) - from + 1 }, (_, index) => from + index);
  });
}
