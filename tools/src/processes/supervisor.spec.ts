import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../system/until';
import { ManagedProcess } from './managed-process';
import { Supervisor } from './supervisor';

describe('a managed process', () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'munjigi-process-'))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const node = (script: string) =>
    new ManagedProcess({
      name: 'node',
      command: process.execPath,
      args: ['-e', script],
      env: { PATH: process.env.PATH },
      logFile: join(directory, 'node.log'),
    });

  it('keeps its output in the log file and its end at hand', async () => {
    const child = node('console.log("one"); console.error("two"); process.exitCode = 3;');
    child.start();
    expect(await child.ended()).toBe(3);
    expect(child.tail).toContain('two');
    await until('the log', () => readFileSync(join(directory, 'node.log'), 'utf8').includes('one'));
  });

  it('ends what the process itself started', async () => {
    const child = node(
      'const c = require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"]);' +
        'console.log(c.pid); process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6);',
    );
    child.start();
    const grandchild = Number(await until('the pid', () => /^\d+$/m.exec(child.tail)?.[0]));
    expect(process.kill(grandchild, 0)).toBe(true);
    await child.stop(200);
    await until('the grandchild to end', () => !isAlive(grandchild));
  });

  it('is started again when it ends by itself, and not when it was stopped', async () => {
    const restarts: number[] = [];
    const supervisor = new Supervisor((_, exitCode) => restarts.push(exitCode));
    const child = node('setInterval(() => {}, 1e6)');
    supervisor.run(child);
    const first = await until('the first life', () => child.pid);
    child.signal('SIGKILL');
    await until('another life', () => child.running && child.pid !== first);
    expect(restarts).toHaveLength(1);
    await supervisor.stop();
    expect(child.running).toBe(false);
    expect(restarts).toHaveLength(1);
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
