import { stat } from 'node:fs/promises';

import { readCsv, textCell } from './csv';
import { groupsOf } from './groups';
import { ImageList, readPersonFolders, type PersonSet } from './images';

/**
 * Reads who is on which picture, for a gallery or for probes: a CSV `path,person`, with columns for groups where it has
 * them, or a folder with a folder for each person.
 *
 * @param directory what the CSV's paths are relative to
 * @throws {FaceCoreError} as `readCsv` and `readPersonFolders`; `evaluate/image-missing`
 */
export async function readPersonList(path: string, directory: string): Promise<PersonSet> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) return readPersonFolders(path);
  const { rows } = await readCsv(path, ['path', 'person']);
  const list = new ImageList(directory);
  const members = rows.map((row) => ({
    image: list.add(textCell(row, 'path'), row.where),
    person: textCell(row, 'person'),
    groups: groupsOf(row.cells),
  }));
  return { images: list.images, members };
}
