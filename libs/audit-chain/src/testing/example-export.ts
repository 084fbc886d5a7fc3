import { randomUUID } from 'node:crypto';
import { chainStart, entryDigest, nextPlace, sha256, type EntryFields } from '../chain';
import { exportLine, type ExportHeader } from '../export-format';
import { signingKey, type SigningKey } from '../keys';
import { signCheckpoint, signExport } from '../statements';

const AT = '2026-10-01T09:30:00.000Z';

/** A key of its own for each number. */
export function exampleKey(fill = 1): SigningKey {
  return signingKey(new Uint8Array(32).fill(fill));
}

/** An entry of the account that says something of its own. */
export function exampleEntry(index: number): EntryFields {
  return {
    id: randomUUID(),
    at: AT,
    actorKind: 'administrator',
    actorId: randomUUID(),
    actorName: `김민지 ${index}`,
    address: '127.0.0.1',
    action: 'door/changed',
    subjectId: randomUUID(),
    siteId: null,
    before: { unlockMs: 5000, nested: { b: [1, 2.5, null], a: '"\\' } },
    after: { unlockMs: 3000 + index },
    reason: null,
    details: {},
  };
}

/** The lines of a genuine export of the last entries of a chain, each without its end. */
export function exampleExport(count: number, before = 0, key: SigningKey = exampleKey()): string[] {
  const deployment = randomUUID();
  const entries = Array.from({ length: before + count }, (_, index) => exampleEntry(index));
  const places = [chainStart(deployment)];
  for (const entry of entries) places.push(nextPlace(places.at(-1)!, entryDigest(entry)));
  const hashAt = (position: number) => Buffer.from(places[position]!.hash).toString('hex');
  const signed = { position: before, hash: hashAt(before), at: AT, keyId: key.id };
  const header: ExportHeader = {
    type: 'header',
    format: 'munjigi-audit/1',
    deployment,
    madeAt: AT,
    from: before + 1,
    through: before + count,
    previousHash: hashAt(before),
    checkpoint: {
      ...signed,
      publicKey: key.publicKey,
      signature: signCheckpoint(key, { ...signed, deployment }),
    },
    publicKey: key.publicKey,
  };
  const first = exportLine(header);
  const end = { position: before + count, hash: hashAt(before + count), at: AT, keyId: key.id, count };
  const headerHash = sha256(Buffer.from(first, 'utf8')).toString('hex');
  const lines = entries.slice(before).map((entry, index) =>
    exportLine({
      type: 'entry',
      position: before + index + 1,
      hash: hashAt(before + index + 1),
      entry: structuredClone(entry),
    }),
  );
  const signature = signExport(key, { ...end, deployment, headerHash });
  return [first, ...lines, exportLine({ type: 'footer', ...end, signature })];
}
