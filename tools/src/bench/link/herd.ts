import { fork, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { REPOSITORY } from '../../system/paths';

/** How many doors are linked, level, and refused. */
export interface HerdState {
  readonly linked: number;
  readonly level: number;
  readonly refused: number;
}

const PROGRAM = 'apps/edge-agent/src/testing/herd-doors.ts';

/** Doors with the real link and the real store, many in a process; they end with this one. */
export class Herd {
  private constructor(private readonly children: readonly ChildProcess[]) {}

  /** @param perProcess doors in one process */
  static begin(
    { directory, url, tokens }: { directory: string; url: string; tokens: readonly string[] },
    perProcess = 250,
  ): Herd {
    const children: ChildProcess[] = [];
    for (let from = 0; from < tokens.length; from += perProcess) {
      const child = fork(resolve(REPOSITORY, PROGRAM), { execArgv: ['--import', 'tsx'], cwd: REPOSITORY });
      const some = tokens.slice(from, from + perProcess);
      child.send({ type: 'begin', directory: join(directory, String(from)), url, tokens: some });
      children.push(child);
    }
    return new Herd(children);
  }

  /** So many people come to each door. */
  happen(events: number): void {
    for (const child of this.children) child.send({ type: 'happen', events });
  }

  /** @param sinceMs level counts from then on, ms since 1970 @throws when a process of doors has ended */
  async state(sinceMs: number): Promise<HerdState> {
    const told = await Promise.all(this.children.map((child) => ask(child, sinceMs)));
    const sum = (name: keyof HerdState) => told.reduce((total, state) => total + state[name], 0);
    return { linked: sum('linked'), level: sum('level'), refused: sum('refused') };
  }

  stop(): void {
    for (const child of this.children) child.kill('SIGKILL');
  }
}

function ask(child: ChildProcess, sinceMs: number): Promise<HerdState> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('A process of doors has ended.'));
    child.once('exit', ended);
    child.once('message', (state) => {
      child.off('exit', ended);
      resolve(state as HerdState);
    });
    child.send({ type: 'tell', sinceMs });
  });
}
