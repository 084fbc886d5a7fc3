import { booleanCell, numberCell, readCsv, textCell } from './csv';
import { pairGroupsOf } from './groups';
import { ImageList } from './images';
import { assertTwo, type PairSet } from './pair-set';

/**
 * Reads pairs from a CSV `fold,path_a,path_b,same`, with columns for groups where it has them.
 *
 * @param directory what its paths are relative to
 * @throws {FaceCoreError} as `readCsv`; `evaluate/image-missing`, `evaluate/same-image`, with file and line
 */
export async function readPairsCsv(path: string, directory: string): Promise<PairSet> {
  const { rows } = await readCsv(path, ['fold', 'path_a', 'path_b', 'same']);
  const list = new ImageList(directory);
  const pairs = rows.map((row) => {
    const pair = {
      a: list.add(textCell(row, 'path_a'), row.where),
      b: list.add(textCell(row, 'path_b'), row.where),
      same: booleanCell(row, 'same'),
      fold: numberCell(row, 'fold'),
      groups: pairGroupsOf(row.cells),
    };
    assertTwo(pair, row.where);
    return pair;
  });
  return { images: list.images, pairs, aligned: false };
}
