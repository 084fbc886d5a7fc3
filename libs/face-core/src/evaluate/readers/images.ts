import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';

import { FaceCoreError } from '../../errors';
import type { Groups } from './groups';

/** An encoded picture that is evaluated. */
export interface EvaluationImage {
  /** For people: its path as the input names it. */
  readonly name: string;
  /** Its encoded bytes; rejects when the file has gone. */
  read(): Promise<Uint8Array>;
}

/** Pictures named by an input, each once. */
export class ImageList {
  readonly images: EvaluationImage[] = [];
  readonly #indexes = new Map<string, number>();

  /** @param directory what relative paths are relative to */
  constructor(private readonly directory: string) {}

  /**
   * Gives the index in `images` of a path, adding it where it is new.
   *
   * @param where of the input that names it, for the message
   * @throws {FaceCoreError} `evaluate/image-missing` when there is no such file
   */
  add(name: string, where: string): number {
    const path = resolve(this.directory, name);
    const known = this.#indexes.get(path);
    if (known !== undefined) return known;
    if (!existsSync(path)) {
      throw new FaceCoreError('evaluate/image-missing', `${where}: there is no picture ${path}.`);
    }
    this.#indexes.set(path, this.images.length);
    return this.images.push({ name, read: () => readFile(path) }) - 1;
  }
}

const PICTURES: readonly string[] = ['.jpg', '.jpeg', '.png', '.webp'];

/** Whether a file's name says that it is a picture. */
export function isPicture(name: string): boolean {
  return PICTURES.includes(extname(name).toLowerCase());
}

/** Names of the pictures in a folder, sorted. */
export async function picturesIn(folder: string): Promise<string[]> {
  const names = (await entriesIn(folder)).filter((entry) => entry.isFile()).map(({ name }) => name);
  return names.filter(isPicture).sort();
}

/** Names of the folders in a folder, sorted. */
export async function foldersIn(folder: string): Promise<string[]> {
  const entries = await entriesIn(folder);
  return entries
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map(({ name }) => name)
    .sort();
}

async function entriesIn(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new FaceCoreError('evaluate/unreadable-input', `The folder ${folder} cannot be read.`, { cause });
  }
}

/** A picture of a known person. */
export interface PersonImage {
  /** Index in the list of pictures. */
  readonly image: number;
  readonly person: string;
  /** Nothing where the input has no columns for groups. */
  readonly groups?: Groups;
}

/** Pictures and who is on them. */
export interface PersonSet {
  readonly images: readonly EvaluationImage[];
  readonly members: readonly PersonImage[];
}

/**
 * Reads a folder that holds a folder of pictures for each person, named after them.
 *
 * @throws {FaceCoreError} `evaluate/unreadable-input`, `evaluate/empty-input`
 */
export async function readPersonFolders(directory: string): Promise<PersonSet> {
  const list = new ImageList(directory);
  const members: PersonImage[] = [];
  for (const person of await foldersIn(directory)) {
    for (const name of await picturesIn(join(directory, person))) {
      members.push({ image: list.add(join(person, name), directory), person });
    }
  }
  if (members.length === 0) {
    throw new FaceCoreError('evaluate/empty-input', `${directory} holds no folder with pictures.`);
  }
  return { images: list.images, members };
}
