import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, REPOSITORY, until } from '@munjigi/tools';

const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 40_000;

/** The demo as a newcomer runs it: `npm start`, on a free port and in a folder of its own. */
export class Demo {
  readonly email = 'admin@munjigi.local';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private printed = '';

  private constructor(
    readonly url: string,
    readonly dataDirectory: string,
    port: number,
  ) {
    this.child = spawn('npm', ['start', '--silent'], {
      cwd: REPOSITORY,
      detached: true,
      env: { ...process.env, PORT: String(port), MUNJIGI_DATA: dataDirectory, DATABASE_URL: undefined },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.printed += text));
    }
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  /** Starts it and resolves when it says that it runs. @throws with all that it printed */
  static async start(): Promise<Demo> {
    const port = await findFreePort();
    const demo = new Demo(`http://localhost:${port}`, mkdtempSync(join(tmpdir(), 'munjigi-e2e-')), port);
    try {
      await until(
        'the demo to run',
        () => {
          if (demo.child.exitCode !== null) throw new Error('It ended.');
          return demo.printed.includes('Munjigi is running.');
        },
        { timeoutMs: START_TIMEOUT_MS },
      );
    } catch (error) {
      await demo.interrupt().catch(() => undefined);
      throw new Error(`The demo did not start. It printed:\n${demo.printed}`, { cause: error });
    }
    return demo;
  }

  /** Everything that the terminal showed. */
  get output(): string {
    return this.printed;
  }

  get password(): string {
    const password = /Password\s+(\S+)/.exec(this.printed)?.[1];
    if (!password) throw new Error(`The demo printed no password:\n${this.printed}`);
    return password;
  }

  /** The processes that the demo consists of now: children of children, and daemons that work in its folder. */
  processes(): number[] {
    const children = parentsAndChildren();
    const family = processesNaming(this.dataDirectory);
    const queue = [this.child.pid ?? 0];
    for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
      family.push(pid);
      queue.push(...(children.get(pid) ?? []));
    }
    return [...new Set(family)];
  }

  /** Presses Ctrl-C, and resolves when the command has ended. */
  async interrupt(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null || !this.child.pid) return;
    process.kill(-this.child.pid, 'SIGINT');
    const force = setTimeout(
      () => this.child.pid && process.kill(-this.child.pid, 'SIGKILL'),
      STOP_TIMEOUT_MS,
    );
    await this.ended;
    clearTimeout(force);
  }

  /** Removes what it kept. */
  cleanUp(): void {
    rmSync(this.dataDirectory, { recursive: true, force: true });
  }
}

function processesNaming(path: string): number[] {
  return processIds().filter((pid) => readProcessFile(pid, 'cmdline').includes(path));
}

function parentsAndChildren(): Map<number, number[]> {
  const children = new Map<number, number[]>();
  for (const pid of processIds()) {
    const stat = readProcessFile(pid, 'stat');
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  return children;
}

function processIds(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

/** Empty when the process has ended meanwhile. */
function readProcessFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return '';
  }
}
