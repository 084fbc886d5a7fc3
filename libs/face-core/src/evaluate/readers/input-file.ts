import { readFile } from 'node:fs/promises';

import { FaceCoreError } from '../../errors';

/** Reads a file that the user named. @throws {FaceCoreError} `evaluate/unreadable-input` */
export async function readInput(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'there is no such file' : String(cause);
    throw new FaceCoreError('evaluate/unreadable-input', `${path} cannot be read: ${reason}.`, { cause });
  }
}

/** A line of a text file, with where it stands. */
export interface InputLine {
  /** As `file:line`. */
  readonly where: string;
  readonly text: string;
}

/** The lines of a text file that have something on them. @throws {FaceCoreError} `evaluate/unreadable-input` */
export async function readLines(path: string): Promise<InputLine[]> {
  const text = new TextDecoder().decode(await readInput(path));
  return text
    .split(/\r?\n/)
    .map((line, at) => ({ where: `${path}:${at + 1}`, text: line.trim() }))
    .filter((line) => line.text !== '');
}
