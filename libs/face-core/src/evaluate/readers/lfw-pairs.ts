import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { FaceCoreError } from '../../errors';
import { ImageList } from './images';
import { readLines, type InputLine } from './input-file';
import { assertPairs, assertTwo, type ImagePair, type PairSet } from './pair-set';

/**
 * Reads the pairs of Labeled Faces in the Wild: `pairs.txt` (ten folds) or `pairsDevTest.txt` (one), and a folder
 * `Name/Name_0001.jpg` for each person.
 *
 * @see Huang et al., Labeled Faces in the Wild, 2007; the README of the data set for the format
 * @throws {FaceCoreError} `evaluate/unreadable-input`, `evaluate/empty-input`, `evaluate/bad-row`,
 *   `evaluate/image-missing`, `evaluate/same-image`, with file and line
 */
export async function readLfwPairs(path: string, directory: string): Promise<PairSet> {
  const [head, ...lines] = await readLines(path);
  if (!head) throw new FaceCoreError('evaluate/empty-input', `${path} is empty.`);
  const perFold = 2 * pairsPerFold(head);
  const list = new ImageList(directory);
  const pairs = lines.map((line, at) => {
    const pair = parsePair(line, list, directory, Math.floor(at / perFold));
    assertTwo(pair, line.where);
    return pair;
  });
  assertPairs(pairs, path);
  return { images: list.images, pairs, aligned: false };
}

/** The first line: `folds pairs` or `pairs`, of either kind in each fold. */
function pairsPerFold(head: InputLine): number {
  const count = Number(head.text.split(/\s+/).at(-1));
  if (Number.isInteger(count) && count > 0) return count;
  throw new FaceCoreError('evaluate/bad-row', `${head.where}: the number of pairs in a fold is needed here.`);
}

function parsePair({ text, where }: InputLine, list: ImageList, directory: string, fold: number): ImagePair {
  const cells = text.includes('\t') ? text.split('\t') : text.split(/\s+/);
  const [name = '', ...rest] = cells;
  const picture = (person: string, number: string) => list.add(pictureOf(directory, person, number), where);
  if (rest.length === 2) {
    const [a = '', b = ''] = rest;
    return { a: picture(name, a), b: picture(name, b), same: true, fold, groups: {} };
  }
  if (rest.length === 3) {
    const [a = '', other = '', b = ''] = rest;
    return { a: picture(name, a), b: picture(other, b), same: false, fold, groups: {} };
  }
  throw new FaceCoreError(
    'evaluate/bad-row',
    `${where}: “name number number” or “name number name number” is needed, not “${text}”.`,
  );
}

function pictureOf(directory: string, person: string, number: string): string {
  const stem = join(person, `${person}_${number.padStart(4, '0')}`);
  // Aligned copies of the set are often PNG.
  return !existsSync(join(directory, `${stem}.jpg`)) && existsSync(join(directory, `${stem}.png`))
    ? `${stem}.png`
    : `${stem}.jpg`;
}
