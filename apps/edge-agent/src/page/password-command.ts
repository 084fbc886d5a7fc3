import { parseArgs } from 'node:util';
import { messageOf } from '../domain/agent-error';
import { setPagePassword } from './page-password';

/** What the command works with. */
export interface PasswordCommand {
  readonly args: readonly string[];
  /** The data folder where the arguments name none. */
  readonly data: string;
  /** Reads the password: one line of the standard input, so that it is in no list of processes. */
  readonly read: () => Promise<string>;
  readonly print: (text: string) => void;
}

/** Sets the page's password. @returns the exit code */
export async function passwordCommand({ args, data, read, print }: PasswordCommand): Promise<number> {
  let directory = data;
  try {
    const { values } = parseArgs({ args: [...args], options: { data: { type: 'string' } } });
    directory = values.data ?? data;
  } catch {
    print('Use: page-password [--data FOLDER] and give the password as a line of the standard input.\n');
    return 64;
  }
  try {
    await setPagePassword(directory, await read());
    print('The password is set. It counts from the next start of the agent.\n');
    return 0;
  } catch (error) {
    print(`${messageOf(error)}\n`);
    return 1;
  }
}
