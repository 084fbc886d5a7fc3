import { join, relative, resolve } from 'node:path';

import { FaceCoreError } from '../../errors';
import { foldersIn, ImageList } from './images';
import { readLines } from './input-file';
import { assertPairs, assertTwo, type ImagePair, type PairSet } from './pair-set';

/** Frontal against frontal, or frontal against profile. */
export type CfpProtocol = 'FF' | 'FP';

/**
 * Reads Celebrities in Frontal-Profile as it is distributed: `Protocol/Split/FF|FP/01..10/{same,diff}.txt`, whose
 * numbers are lines of `Protocol/Pair_list_F.txt` and `Pair_list_P.txt`.
 *
 * @param directory the data set's own root, which holds `Protocol` and `Data`
 * @see Sengupta et al., Frontal to Profile Face Verification in the Wild, WACV 2016
 * @throws {FaceCoreError} `evaluate/unreadable-input`, `evaluate/empty-input`, `evaluate/bad-row`,
 *   `evaluate/image-missing`, `evaluate/same-image`, with file and line
 */
export async function readCfp(directory: string, protocol: CfpProtocol): Promise<PairSet> {
  const list = new ImageList(directory);
  const frontal = await pictureList(directory, 'Pair_list_F.txt');
  const second = protocol === 'FF' ? frontal : await pictureList(directory, 'Pair_list_P.txt');
  const split = join(directory, 'Protocol', 'Split', protocol);
  const pairs: ImagePair[] = [];
  for (const [fold, name] of (await foldersIn(split)).entries()) {
    for (const same of [true, false]) {
      const path = join(split, name, same ? 'same.txt' : 'diff.txt');
      for (const { where, text } of await readLines(path)) {
        const [a = '', b = ''] = text.split(/[,\s]+/);
        const pair = {
          a: list.add(pictureAt(frontal, a, where), where),
          b: list.add(pictureAt(second, b, where), where),
        };
        assertTwo(pair, where);
        pairs.push({ ...pair, same, fold, groups: {} });
      }
    }
  }
  assertPairs(pairs, split);
  return { images: list.images, pairs, aligned: false };
}

/** Paths by the number before them. They are written relative to `Protocol`. */
async function pictureList(directory: string, file: string): Promise<ReadonlyMap<string, string>> {
  const protocol = join(directory, 'Protocol');
  const lines = await readLines(join(protocol, file));
  return new Map(
    lines.map(({ where, text }) => {
      const [number, path] = text.split(/\s+/);
      if (!number || !path) throw new FaceCoreError('evaluate/bad-row', `${where}: “number path” is needed.`);
      return [number, relative(directory, resolve(protocol, path))];
    }),
  );
}

function pictureAt(list: ReadonlyMap<string, string>, number: string, where: string): string {
  const path = list.get(number);
  if (path) return path;
  throw new FaceCoreError('evaluate/bad-row', `${where}: there is no picture number “${number}”.`);
}
