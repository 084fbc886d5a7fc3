import fc from 'fast-check';
import { canonical } from './canonical';
import { chainStart, entryDigest, nextPlace } from './chain';
import { exportLine } from './export-format';
import { signExport } from './statements';
import { readLines } from './read-lines';
import { exampleExport, exampleKey } from './testing/example-export';
import { verifyExport } from './verify-export';

const fileOf = (lines: readonly string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''), 'utf8');

async function* chunks(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield Promise.resolve(bytes.subarray(at, at + size));
}

const verify = (bytes: Uint8Array, key?: string) => verifyExport(readLines(chunks(bytes)), key);
const verifyLines = (lines: readonly string[], key?: string) => verify(fileOf(lines), key);

describe('an export', () => {
  it.each([
    [12, 0],
    [12, 30],
    [1, 0],
    [0, 5],
    [0, 0],
  ])('of %i entries after %i is genuine', async (count, before) => {
    const lines = exampleExport(count, before);
    expect(await verifyLines(lines, exampleKey().publicKey)).toMatchObject({ ok: true, footer: { count } });
    expect(await verifyLines(lines)).toMatchObject({ ok: true });
  });

  it('is read alike in pieces of any size', async () => {
    const bytes = fileOf(exampleExport(3));
    for (const size of [1, 7, 64, 100_000]) {
      expect(await verifyExport(readLines(chunks(bytes, size)))).toMatchObject({ ok: true });
    }
  });

  const lines = exampleExport(9, 3);
  const edited = (line: number, edit: (value: Record<string, object>) => unknown) =>
    lines.map((text, index) =>
      index === line ? canonical(edit(JSON.parse(text) as Record<string, object>)) : text,
    );
  const changes: [string, string[], number | null][] = [
    [
      'an entry that says something else',
      edited(4, (v) => ({ ...v, entry: { ...v.entry, reason: 'x' } })),
      7,
    ],
    ['an entry without a field', edited(4, (v) => ({ ...v, entry: { ...v.entry, reason: undefined } })), 7],
    ['an entry with another field', edited(4, (v) => ({ ...v, more: 1 })), 7],
    ['a removed entry', lines.filter((_, index) => index !== 4), 7],
    ['an entry that comes twice', lines.flatMap((text, index) => (index === 4 ? [text, text] : [text])), 8],
    ['two entries that changed places', lines.map((_, i) => lines[i === 4 ? 5 : i === 5 ? 4 : i]!), 7],
    ['entries that are missing at the end', [...lines.slice(0, 8), lines.at(-1)!], 11],
    ['an end that is missing', lines.slice(0, -1), 13],
    ['a line after the end', [...lines, lines.at(-1)!], null],
    ['another beginning', edited(0, (v) => ({ ...v, previousHash: '0'.repeat(64) })), 3],
    ['another number of the first', edited(0, (v) => ({ ...v, from: 5 })), 5],
    ['another time of making', edited(0, (v) => ({ ...v, madeAt: '2026-10-02T09:30:00.000Z' })), null],
    ['no checkpoint', edited(0, (v) => ({ ...v, checkpoint: null })), null],
    ['another time of signing', edited(10, (v) => ({ ...v, at: '2026-10-02T09:30:00.000Z' })), null],
    ['an empty file', [], null],
  ];
  it.each(changes)('with %s is not', async (_, changed, position) => {
    expect(await verifyLines(changed)).toMatchObject({ ok: false, fault: { position } });
  });

  it('that another deployment’s key signed is not', async () => {
    const forged = exampleExport(3, 0, exampleKey(2));
    expect(await verifyLines(forged)).toMatchObject({ ok: true });
    expect(await verifyLines(forged, exampleKey(1).publicKey)).toMatchObject({
      ok: false,
      fault: { position: null, what: expect.stringContaining('another key') },
    });
  });

  it('whose entries were forged with the whole chain anew needs the key to be signed', async () => {
    const whole = exampleExport(3);
    const header = JSON.parse(whole[0]!) as { deployment: string };
    const entry = { ...(JSON.parse(whole[1]!) as { entry: object }).entry, reason: 'forged' } as never;
    const place = nextPlace(chainStart(header.deployment), entryDigest(entry));
    const hash = Buffer.from(place.hash).toString('hex');
    const footer = { ...(JSON.parse(whole.at(-1)!) as object), count: 1, position: 1, hash } as never;
    const first = canonical({ ...header, through: 1, checkpoint: null });
    const attempt = [first, exportLine({ type: 'entry', position: 1, hash, entry }), exportLine(footer)];
    expect(await verifyLines(attempt)).toMatchObject({
      ok: false,
      fault: { what: expect.stringContaining('signature') },
    });
    const wrongKey = { ...(footer as object), signature: signExport(exampleKey(3), footer) };
    expect(await verifyLines([...attempt.slice(0, 2), exportLine(wrongKey as never)])).toMatchObject({
      ok: false,
    });
  });

  it('is never genuine after any change of its bytes or lines', async () => {
    const original = fileOf(exampleExport(8, 2));
    const text = original.toString('utf8').split('\n').slice(0, -1);
    const line = fc.nat({ max: text.length - 1 });
    const mutation = fc.oneof(
      fc
        .record({ at: fc.nat({ max: original.length - 1 }), bits: fc.integer({ min: 1, max: 255 }) })
        .map(({ at, bits }) => {
          const bytes = Buffer.from(original);
          bytes[at] = bytes[at]! ^ bits;
          return bytes;
        }),
      fc.nat({ max: original.length - 1 }).map((length) => original.subarray(0, length)),
      fc
        .nat({ max: original.length - 1 })
        .map((at) => Buffer.concat([original.subarray(0, at), original.subarray(at + 1)])),
      fc
        .record({ at: fc.nat({ max: original.length }), byte: fc.nat({ max: 255 }) })
        .map(({ at, byte }) =>
          Buffer.concat([original.subarray(0, at), Buffer.of(byte), original.subarray(at)]),
        ),
      line.map((gone) => fileOf(text.filter((_, index) => index !== gone))),
      fc.tuple(line, line).map(([from, to]) => {
        const moved = [...text];
        moved.splice(to, 0, moved[from]!);
        return fileOf(moved);
      }),
      fc.tuple(line, line).map(([a, b]) => {
        const swapped = [...text];
        [swapped[a], swapped[b]] = [swapped[b]!, swapped[a]!];
        return fileOf(swapped);
      }),
    );
    await fc.assert(
      fc.asyncProperty(mutation, async (bytes) => {
        fc.pre(!original.equals(bytes));
        expect(await verify(bytes)).toMatchObject({ ok: false });
      }),
      { numRuns: 1_500 },
    );
  });
});
