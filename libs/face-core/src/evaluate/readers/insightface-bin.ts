import { FaceCoreError } from '../../errors';
import { readInput } from './input-file';
import { assertPairs, type PairSet } from './pair-set';
import { readPickle, type PickledValue } from './pickle';

const FOLDS = 10;

/**
 * Reads a verification set as the insightface project ships it (`lfw.bin`, `agedb_30.bin`, `cfp_fp.bin` …): a pickle of
 * (encoded pictures, is-same flags), pictures 2i and 2i+1 being pair i. The pictures are aligned, 112 x 112. Ten folds,
 * each a run of pairs, as that project's own evaluation cuts them.
 *
 * @throws {FaceCoreError} `evaluate/unreadable-input`, `evaluate/bad-pickle`, `evaluate/empty-input`
 */
export async function readInsightfaceBin(path: string): Promise<PairSet> {
  const { pictures, flags } = shapeOf(readPickle(await readInput(path)), path);
  const pairs = flags.map((same, pair) => ({
    a: 2 * pair,
    b: 2 * pair + 1,
    same,
    fold: Math.floor((pair * FOLDS) / flags.length),
    groups: {},
  }));
  assertPairs(pairs, path);
  const images = pictures.map((bytes, index) => ({
    name: `picture ${index}`,
    read: () => Promise.resolve(bytes),
  }));
  return { images, pairs, aligned: true };
}

function shapeOf(value: PickledValue, path: string): { pictures: Uint8Array[]; flags: boolean[] } {
  const [pictures, flags] = Array.isArray(value) ? value : [];
  if (Array.isArray(pictures) && Array.isArray(flags) && pictures.length === 2 * flags.length) {
    const bytes = pictures.filter((picture) => picture instanceof Uint8Array);
    const booleans = flags.filter((flag) => flag === true || flag === false || flag === 0 || flag === 1);
    if (bytes.length === pictures.length && booleans.length === flags.length) {
      return { pictures: bytes, flags: booleans.map(Boolean) };
    }
  }
  throw new FaceCoreError(
    'evaluate/bad-pickle',
    `${path} is not a pair of (pictures as bytes, one flag for every two of them).`,
  );
}
