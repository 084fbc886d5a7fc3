import { AppError } from '../../platform/errors/app-error';
import type { OpenContent } from './import-content';
import type { ImportFile } from './people-import.entities';
import { openArchive } from './zip-archive';

/** The largest photo that is taken, in bytes. */
export const PHOTO_BYTES_MAX = 20 * 1024 * 1024;
/** The largest table that is taken, in bytes. */
export const TABLE_BYTES_MAX = 50 * 1024 * 1024;

/** One file of an upload, on its own or in an archive. */
export interface UploadedFile {
  /** Its path in the archive; Unicode NFC. */
  readonly path: string;
  readonly sizeBytes: number;
  /** @param bytesMax refuses more @throws {AppError} `imports/…` */
  read(bytesMax: number): Promise<Buffer>;
}

/** An upload's files: one table, and photos by their names. */
export interface ImportFiles {
  readonly table: UploadedFile;
  readonly photos: readonly UploadedFile[];
  /** The photo of that name: by its whole path, else by its last part, in any case. */
  photo(name: string): UploadedFile | undefined;
  /** Photos that are named like a number: `17.jpg`, `17_2.png`. */
  photosOf(employeeNumber: string): readonly UploadedFile[];
}

const PHOTO = /\.(jpe?g|png|webp)$/i;
const TABLE = /\.(csv|tsv|txt)$/i;

/**
 * The files of an upload, from an archive or on their own. Names are only looked up, never made paths of.
 *
 * @throws {AppError} `imports/no-table`, `imports/several-tables`, `imports/unreadable-archive`, `imports/too-many-files`
 */
export async function openFiles(content: OpenContent): Promise<ImportFiles> {
  const files: UploadedFile[] = [];
  for (const file of content.files) {
    const isArchive = (await content.read(file, 0, 4)).equals(Buffer.from('PK\x03\x04', 'latin1'));
    files.push(...(isArchive ? await openArchive(content, file) : [loose(content, file)]));
  }
  const shown = files.filter(({ path }) => !/(^|\/)(\.|__MACOSX\/)/.test(path));
  const [table, another] = shown.filter(({ path }) => TABLE.test(path));
  if (!table)
    throw refused(
      'imports/no-table',
      'There is no table in the upload.',
      'Add a CSV file with a line of columns.',
    );
  if (another) {
    throw refused(
      'imports/several-tables',
      'There is more than one table in the upload.',
      'Leave one CSV file in it.',
    );
  }
  return indexed(
    table,
    shown.filter(({ path }) => PHOTO.test(path)),
  );
}

function indexed(table: UploadedFile, photos: readonly UploadedFile[]): ImportFiles {
  const byPath = new Map(photos.map((photo) => [photo.path.toLowerCase(), photo]));
  const byName = new Map(photos.map((photo) => [lastPart(photo.path), photo]));
  const byNumber = new Map<string, UploadedFile[]>();
  for (const photo of photos) {
    const stem = lastPart(photo.path).replace(PHOTO, '');
    for (const number of new Set([stem, stem.replace(/[_ -]\(?\d{1,2}\)?$/, '')])) {
      byNumber.set(number, [...(byNumber.get(number) ?? []), photo]);
    }
  }
  return {
    table,
    photos,
    photo: (name) => {
      const path = name.normalize('NFC').replaceAll('\\', '/').toLowerCase();
      return byPath.get(path) ?? byName.get(lastPart(path));
    },
    photosOf: (employeeNumber) => byNumber.get(employeeNumber.toLowerCase()) ?? [],
  };
}

function loose(content: OpenContent, file: ImportFile): UploadedFile {
  return {
    path: file.name.normalize('NFC'),
    sizeBytes: file.sizeBytes,
    read: (bytesMax) => {
      assertSize(file.sizeBytes, bytesMax);
      return content.read(file, 0, file.sizeBytes);
    },
  };
}

/** @throws {AppError} `imports/file-too-large` */
export function assertSize(sizeBytes: number, bytesMax: number): void {
  if (sizeBytes <= bytesMax) return;
  throw new AppError('too-large', 'imports/file-too-large', 'A file of the upload is too large.', {
    detail: `It has ${sizeBytes} bytes; at most ${bytesMax} are taken.`,
  });
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

function refused(code: `imports/${string}`, title: string, detail: string): AppError {
  return new AppError('unprocessable', code, title, { detail });
}
