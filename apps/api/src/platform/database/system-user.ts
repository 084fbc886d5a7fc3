import { execFile, type ExecFileException } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The user that a program runs as; undefined ids mean this process's own. */
export interface SystemUser {
  readonly uid?: number;
  readonly gid?: number;
}

/** What a finished program left. */
export interface ProgramResult {
  readonly exitCode: number;
  /** stdout and stderr, in that order. */
  readonly output: string;
}

/**
 * The user that the database runs as: PostgreSQL refuses to be root, so root's database runs as *nobody* (65534),
 * and everybody else's as themselves.
 */
export function databaseUser(): SystemUser {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
}

/** Tells whether `user` can go into a folder, asked of the system itself by trying it as that user. */
export async function canEnter(directory: string, user: SystemUser): Promise<boolean> {
  const { exitCode } = await runProgram('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { user, cwd: '/' });
  return exitCode === 0;
}

/** Tells whether `user` can run a program, by letting it say its version. */
export async function canRun(program: string, user: SystemUser): Promise<boolean> {
  const { exitCode } = await runProgram(program, ['--version'], { user, cwd: '/' });
  return exitCode === 0;
}

/**
 * Runs a program to its end with a minimal environment, so that no PG… variable of the user leaks into it.
 *
 * @returns its exit code and what it printed; a program that could not be started has code 127.
 */
export async function runProgram(
  program: string,
  parameters: readonly string[],
  options: { user: SystemUser; cwd: string; timeoutMs?: number },
): Promise<ProgramResult> {
  const env = {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
  try {
    const { stdout, stderr } = await execute(program, parameters, {
      ...options.user,
      cwd: options.cwd,
      env,
      timeout: options.timeoutMs ?? 120_000,
    });
    return { exitCode: 0, output: stdout + stderr };
  } catch (error) {
    const failure = error as ExecFileException & { stdout?: string; stderr?: string };
    const output = `${failure.stdout ?? ''}${failure.stderr ?? ''}` || failure.message;
    return { exitCode: typeof failure.code === 'number' ? failure.code : 127, output };
  }
}
