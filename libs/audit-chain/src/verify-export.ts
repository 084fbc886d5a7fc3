import { timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import { canonical } from './canonical';
import { chainStart, entryDigest, nextPlace, sha256, type ChainPlace } from './chain';
import {
  exportEntrySchema,
  exportFooterSchema,
  exportHeaderSchema,
  type ExportFooter,
  type ExportHeader,
} from './export-format';
import { keyIdOf } from './keys';
import { isCheckpointSigned, isExportSigned } from './statements';

/** What is wrong with an export, and where. */
export interface Fault {
  /** Position in the chain of the entry that it concerns; null for the header, and for the file as a whole. */
  readonly position: number | null;
  /** From 1. */
  readonly line: number;
  readonly what: string;
}

/** What was found: the export is whole and genuine, or the first thing that is wrong. */
export type Verdict =
  | { readonly ok: true; readonly header: ExportHeader; readonly footer: ExportFooter }
  | { readonly ok: false; readonly fault: Fault };

class Wrong extends Error {
  constructor(
    readonly position: number | null,
    what: string,
  ) {
    super(what);
  }
}

/**
 * Reads an export once, from its first line to its last, and finds whether any entry was changed, removed, inserted or
 * moved, whether the file was cut off or continued, and whether who signed it has the key that is expected.
 *
 * Memory does not grow with the file. Without `publicKey` the key in the file is believed, which only shows that the
 * file agrees with itself.
 *
 * @param lines without their ends; the last must have had one (see {@link readLines})
 */
export async function verifyExport(lines: AsyncIterable<string>, publicKey?: string): Promise<Verdict> {
  const reader = new ExportReader(publicKey);
  let line = 0;
  try {
    for await (const text of lines) {
      line += 1;
      reader.take(text);
    }
    line += 1;
    return { ok: true, ...reader.end() };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { ok: false, fault: { position: error.position, line, what: error.message } };
  }
}

class ExportReader {
  private header?: ExportHeader;
  private headerHash = '';
  private footer?: ExportFooter;
  private place?: ChainPlace;

  constructor(private readonly publicKey?: string) {}

  take(text: string): void {
    const position = this.expected;
    if (this.footer) throw new Wrong(null, 'The file goes on after its last line.');
    const value = read(text, position);
    if (!this.header) this.begin(parse(exportHeaderSchema, value, null), text);
    else if ((value as { type?: unknown } | null)?.type === 'footer') {
      this.finish(parse(exportFooterSchema, value, position));
    } else this.step(value);
  }

  end(): { header: ExportHeader; footer: ExportFooter } {
    if (!this.header) throw new Wrong(null, 'The file is empty.');
    if (!this.footer) throw new Wrong(this.expected, 'The file was cut off: its last line is missing.');
    return { header: this.header, footer: this.footer };
  }

  /** The position of the entry that comes next. */
  private get expected(): number | null {
    return this.place ? this.place.position + 1 : null;
  }

  private begin(header: ExportHeader, text: string): void {
    if (this.publicKey !== undefined && header.publicKey !== this.publicKey) {
      throw new Wrong(null, `It was signed with another key: ${keyIdOf(header.publicKey)}.`);
    }
    this.header = header;
    this.headerHash = sha256(Buffer.from(text, 'utf8')).toString('hex');
    this.place = { position: header.from - 1, hash: Buffer.from(header.previousHash, 'hex') };
    const start = chainStart(header.deployment);
    if (header.from === 1 && !isSame(this.place.hash, start.hash)) {
      throw new Wrong(null, 'The header does not begin where the account of this deployment begins.');
    }
    this.checkCheckpoint();
  }

  private step(value: unknown): void {
    const previous = this.place as ChainPlace;
    const expected = previous.position + 1;
    const { position, hash, entry } = parse(exportEntrySchema, value, expected);
    if (position !== expected) {
      const what = position > expected ? 'An entry is missing' : 'An entry was inserted or moved';
      throw new Wrong(expected, `${what}: position ${expected} should follow, and ${position} does.`);
    }
    this.place = nextPlace(previous, entryDigest(entry));
    if (!isSame(this.place.hash, Buffer.from(hash, 'hex'))) {
      throw new Wrong(expected, 'The entry, or its place, is not the one that was written.');
    }
    this.checkCheckpoint();
  }

  private finish(footer: ExportFooter): void {
    const header = this.header as ExportHeader;
    const { position, hash } = this.place as ChainPlace;
    const last = position === header.from - 1 ? null : position;
    const told = footer.position === position && footer.position === header.through;
    if (!told || footer.count !== position - header.from + 1) {
      throw new Wrong(this.expected, `Entries are missing: the export ends at position ${header.through}.`);
    }
    if (footer.hash !== Buffer.from(hash).toString('hex')) {
      throw new Wrong(last, 'The last line does not fit the last entry.');
    }
    const { deployment, publicKey } = header;
    const statement = { ...footer, deployment, headerHash: this.headerHash };
    if (footer.keyId !== keyIdOf(publicKey) || !isExportSigned(publicKey, statement, footer.signature)) {
      throw new Wrong(null, 'The signature of the export is not genuine.');
    }
    this.footer = footer;
  }

  /** The checkpoint of the header must be genuine, and lie on the chain when the chain comes by. */
  private checkCheckpoint(): void {
    const { checkpoint, deployment, from } = this.header as ExportHeader;
    const { position, hash } = this.place as ChainPlace;
    if (!checkpoint) return;
    const { publicKey, signature } = checkpoint;
    const isBeginning = position === from - 1;
    if (isBeginning && !isCheckpointSigned(publicKey, { ...checkpoint, deployment }, signature)) {
      throw new Wrong(null, 'The signature of the checkpoint is not genuine.');
    }
    if (checkpoint.position === position && checkpoint.hash !== Buffer.from(hash).toString('hex')) {
      throw new Wrong(position, 'The account is not the one that the checkpoint was signed over.');
    }
  }
}

function read(text: string, position: number | null): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Wrong(position, 'The line is not JSON.');
  }
  if (canonical(value) !== text) throw new Wrong(position, 'The line is not as it was written.');
  return value;
}

function parse<T extends z.ZodType>(schema: T, value: unknown, position: number | null): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Wrong(position, 'The line has not the form that it should have.');
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
