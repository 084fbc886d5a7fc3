import {
  exportLine,
  sha256,
  signExport,
  type ChainPlace,
  type ExportEntry,
  type ExportHeader,
  type SigningKey,
} from '@munjigi/audit-chain';
import { DataSource } from 'typeorm';
import { linkedEntries, type LinkedRow } from '../../platform/audit/audit-chain';
import { entryFields } from '../../platform/audit/entry-fields';

const ROWS = 500;

/** Which part of the chain is exported. */
export interface ExportRange {
  readonly deployment: string;
  /** Positions of the first and the last entry; through is one less where there is none. */
  readonly from: number;
  readonly through: number;
  /** The place before the first. */
  readonly previous: ChainPlace;
  readonly checkpoint: ExportHeader['checkpoint'];
}

/**
 * Writes an export line by line, each with its end, in pages: memory does not grow with it.
 *
 * @throws when an entry is not where it was; what is written by then has no footer, and is not genuine
 */
export async function* writeExport(
  dataSource: DataSource,
  key: SigningKey,
  range: ExportRange,
): AsyncGenerator<string> {
  const header = headerOf(range, key);
  yield `${header}\n`;
  let position = range.from - 1;
  let hash = Buffer.from(range.previous.hash).toString('hex');
  while (position < range.through) {
    const page = { after: position, through: range.through, limit: ROWS };
    const rows = await linkedEntries(dataSource.manager, page);
    if (rows.length === 0) throw new Error(`The entry ${position + 1} of the account is not there.`);
    yield rows.map((row) => `${exportLine(entryOf(row))}\n`).join('');
    const last = rows.at(-1) as LinkedRow;
    position = Number(last.position);
    hash = last.hash.toString('hex');
  }
  const count = position - range.from + 1;
  const end = { count, position, hash, at: new Date().toISOString(), keyId: key.id };
  const headerHash = sha256(Buffer.from(header, 'utf8')).toString('hex');
  const signature = signExport(key, { ...end, deployment: range.deployment, headerHash });
  yield `${exportLine({ type: 'footer', ...end, signature })}\n`;
}

function headerOf({ deployment, from, through, previous, checkpoint }: ExportRange, key: SigningKey): string {
  return exportLine({
    type: 'header',
    format: 'munjigi-audit/1',
    deployment,
    madeAt: new Date().toISOString(),
    from,
    through,
    previousHash: Buffer.from(previous.hash).toString('hex'),
    checkpoint,
    publicKey: key.publicKey,
  });
}

function entryOf(row: LinkedRow): ExportEntry {
  return {
    type: 'entry',
    position: Number(row.position),
    hash: row.hash.toString('hex'),
    entry: entryFields(row),
  };
}
