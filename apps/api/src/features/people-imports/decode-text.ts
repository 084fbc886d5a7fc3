import type { ImportTable } from '@munjigi/contracts';
import { decode } from 'iconv-lite';
import { AppError } from '../../platform/errors/app-error';

type Encoding = ImportTable['encoding'];

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** What a table's bytes say of their encoding: by their mark, else by what they can be. */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const marked = MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked) return marked[0];
  const half = sixteenBits(bytes);
  if (half) return half;
  if (isUtf8(bytes)) return 'utf-8';
  // What Korean Windows writes; bytes that it has no character for are of the west.
  return decode(Buffer.from(bytes), 'cp949').includes('\ufffd') ? 'windows-1252' : 'cp949';
}

/**
 * A table's text, without the mark, in Unicode NFC.
 *
 * @throws {AppError} `imports/unreadable-text` when the bytes are not of that encoding
 */
export function decodeText(bytes: Uint8Array, encoding: Encoding): string {
  const text = decode(Buffer.from(bytes), encoding, { stripBOM: true });
  if (!text.includes('\ufffd') && !text.includes('\0')) return text.normalize('NFC');
  throw new AppError('unprocessable', 'imports/unreadable-text', 'The table cannot be read.', {
    detail: `It is not text in ${encoding}. Save it as CSV in UTF-8, or say which encoding it has.`,
  });
}

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** UTF-16 without a mark: separators and digits leave every other byte zero. */
function sixteenBits(bytes: Uint8Array): Encoding | null {
  const head = bytes.subarray(0, 4_096);
  let [even, odd] = [0, 0];
  head.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even++;
    else odd++;
  });
  if (even + odd < head.length / 20 || head.length < 4) return null;
  return odd > even ? 'utf-16le' : 'utf-16be';
}
