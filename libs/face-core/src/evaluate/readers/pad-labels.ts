import { FaceCoreError } from '../../errors';
import { readCsv, textCell, type CsvRow } from './csv';
import { groupsOf, type Groups } from './groups';
import { ImageList, type EvaluationImage } from './images';

/** One frame of a presentation to a camera. */
export interface PadFrame {
  /** Index in the list of pictures. */
  readonly image: number;
  /** Undefined for a live person, else the kind of attack. */
  readonly species: string | undefined;
  /** Frames of one presentation share it. */
  readonly presentation: string;
  /** Who is presented: nobody is on both sides of a split. */
  readonly client: string;
  /** Place in the presentation, ascending. */
  readonly frame: number;
  readonly groups: Groups;
}

/** Frames with what they show. */
export interface PadLabels {
  readonly images: readonly EvaluationImage[];
  readonly frames: readonly PadFrame[];
}

const LIVE: readonly string[] = ['real', 'live', 'bonafide', 'bona-fide'];

/**
 * Reads presentations from a CSV `path,label` (label `attack`, or `real`, `live`, `bona-fide`) and, where it has them:
 * `species`, else `medium` and `content` together, as the kind of attack; `video` (the presentation), `frame`,
 * `client`, and columns for groups.
 *
 * @throws {FaceCoreError} as `readCsv`; `evaluate/image-missing`; `evaluate/bad-row` for another label
 */
export async function readPadLabels(path: string, directory: string): Promise<PadLabels> {
  const { rows } = await readCsv(path, ['path', 'label']);
  const list = new ImageList(directory);
  const frames = rows.map((row, at) => ({
    image: list.add(textCell(row, 'path'), row.where),
    species: speciesOf(row),
    presentation: row.cells.video || textCell(row, 'path'),
    client: row.cells.client || row.cells.person || row.cells.video || String(at),
    frame: Number(row.cells.frame) || 0,
    groups: groupsOf(row.cells),
  }));
  return { images: list.images, frames };
}

function speciesOf(row: CsvRow): string | undefined {
  const label = textCell(row, 'label').toLowerCase();
  if (LIVE.includes(label)) return undefined;
  if (label !== 'attack') {
    throw new FaceCoreError(
      'evaluate/bad-row',
      `${row.where}: label is “${label}”, neither attack nor real.`,
    );
  }
  const { species, medium, content } = row.cells;
  return species || [medium, content].filter(Boolean).join(' ') || 'attack';
}
