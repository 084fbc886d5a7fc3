import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { processorTime, usedBetween } from './processor-time';

const onLinux = existsSync('/proc/self/stat') ? it : it.skip;

describe('processor time', () => {
  onLinux('is of the process and of the children that it had', () => {
    const before = processorTime(process.pid, process.pid);
    execFileSync(process.execPath, [
      '-e',
      'for (const end = process.cpuUsage().user + 3e5; process.cpuUsage().user < end;);',
    ]);
    const used = usedBetween(before, processorTime(process.pid, process.pid));
    expect(used.database).toBeGreaterThan(used.server + 0.2);
  });

  it('of processes that are gone is none', () => {
    expect(processorTime(2 ** 30, 2 ** 30)).toEqual({ server: 0, database: 0 });
  });
});
