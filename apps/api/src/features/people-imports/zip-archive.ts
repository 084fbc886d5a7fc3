import { Readable } from 'node:stream';
import { decode } from 'iconv-lite';
import { RandomAccessReader, fromRandomAccessReaderPromise, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../../platform/errors/app-error';
import { isUtf8 } from './decode-text';
import type { OpenContent } from './import-content';
import { assertSize, type UploadedFile } from './import-files';
import type { ImportFile } from './people-import.entities';

const ENTRIES_MAX = 200_000;
const READ_BYTES = 256 * 1024;
const UTF8_FLAG = 0x800;

/**
 * The files of a ZIP archive. Only its list is read; each file is unpacked when it is asked for, into memory, and never
 * beyond the size that it is declared with.
 *
 * @throws {AppError} `imports/unreadable-archive`, `imports/too-many-files`, `imports/encrypted-archive`
 */
export async function openArchive(content: OpenContent, file: ImportFile): Promise<UploadedFile[]> {
  const zip = await open(content, file);
  const files: UploadedFile[] = [];
  try {
    for await (const entry of zip.eachEntry()) {
      if (files.length >= ENTRIES_MAX) {
        throw new AppError(
          'too-large',
          'imports/too-many-files',
          'There are too many files in the archive.',
          {
            detail: `At most ${ENTRIES_MAX} are taken. Split it.`,
          },
        );
      }
      const path = pathOf(entry);
      if (!path.endsWith('/')) files.push(fileOf(zip, entry, path));
    }
  } catch (error) {
    throw unreadable(error);
  }
  return files;
}

async function open(content: OpenContent, file: ImportFile): Promise<ZipFile> {
  try {
    return await fromRandomAccessReaderPromise(new ContentReader(content, file), file.sizeBytes, {
      lazyEntries: true,
      decodeStrings: false,
      autoClose: false,
    });
  } catch (error) {
    throw unreadable(error);
  }
}

/** Lets the archive's reader look at an upload where it wants to. */
class ContentReader extends RandomAccessReader {
  constructor(
    private readonly content: OpenContent,
    private readonly file: ImportFile,
  ) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.pieces(start, end), { objectMode: false });
  }

  private async *pieces(start: number, end: number): AsyncGenerator<Buffer> {
    for (let from = start; from < end; from += READ_BYTES) {
      yield await this.content.read(this.file, from, Math.min(end, from + READ_BYTES));
    }
  }
}

function fileOf(zip: ZipFile, entry: Entry, path: string): UploadedFile {
  return {
    path,
    sizeBytes: entry.uncompressedSize,
    read: async (bytesMax) => {
      assertSize(entry.uncompressedSize, bytesMax);
      if (entry.isEncrypted()) {
        throw new AppError('unprocessable', 'imports/encrypted-archive', 'The archive is encrypted.', {
          detail: 'Make one without a password: the upload is protected on its way and kept sealed.',
        });
      }
      try {
        const parts: Buffer[] = [];
        // Ends with an error when more comes than was declared.
        for await (const part of await zip.openReadStreamPromise(entry)) parts.push(part as Buffer);
        return Buffer.concat(parts);
      } catch (error) {
        throw unreadable(error);
      }
    },
  };
}

/** Korean Windows writes names in CP949 without saying so; Macs write them letter by letter. */
function pathOf(entry: Entry): string {
  const bytes = entry.fileName as unknown as Buffer;
  const isMarked = (entry.generalPurposeBitFlag & UTF8_FLAG) !== 0;
  const path = isMarked || isUtf8(bytes) ? bytes.toString('utf8') : decode(bytes, 'cp949');
  return path.replaceAll('\\', '/').normalize('NFC');
}

function unreadable(cause: unknown): unknown {
  if (cause instanceof AppError || !(cause instanceof Error)) return cause;
  // Of the database, not of the archive.
  if ('query' in cause || 'syscall' in cause) return cause;
  return new AppError('unprocessable', 'imports/unreadable-archive', 'The archive is damaged.', {
    detail: `${cause.message}. Make it anew.`,
    cause,
  });
}
