import { goldenMessage } from '@munjigi/contracts/testing';
import { embeddingOf } from '../testing/drafts';
import { readPage, toStateChanges } from './read-changes';

const golden = () => goldenMessage('syncPullAnswer') as { changes: { kind: string; revision: number }[] };
const model = { modelId: 'mobilefacenet-192', dimension: 4 };

describe('readPage', () => {
  it('reads the golden page whole', () => {
    const { answer, skipped } = readPage(golden());
    expect(answer.ok && answer.changes.map(({ kind }) => kind)).toEqual([
      'person.put',
      'template.put',
      'template.delete',
      'person.delete',
      'door.put',
      'rules.put',
    ]);
    expect(skipped).toBe(0);
  });

  it('leaves kinds of a newer server out, and counts them', () => {
    const page = golden();
    page.changes.push({ kind: 'schedule.put', revision: 24 });
    const { answer, skipped } = readPage(page);
    expect(answer.ok && answer.changes).toHaveLength(6);
    expect(skipped).toBe(1);
  });

  it('reads a refusal', () => {
    const refusal = { ok: false, error: { code: 'server/unavailable', message: 'Not now.' } };
    expect(readPage(refusal).answer).toEqual(refusal);
  });

  it.each([
    ['nothing', undefined],
    ['text', 'page'],
    [
      'a page with a deletion that names nobody',
      { ...golden(), changes: [{ kind: 'person.delete', revision: 1 }] },
    ],
    ['a page with a change of no kind', { ...golden(), changes: [{ revision: 1 }] }],
    ['a page without its cursor', { ...golden(), throughRevision: undefined }],
  ])('refuses %s', (_, message) => {
    expect(() => readPage(message)).toThrow(expect.objectContaining({ code: 'sync/invalid-page' }));
  });
});

describe('toStateChanges', () => {
  const template = (embedding: Uint8Array, modelId = 'mobilefacenet-192') => ({
    kind: 'template.put' as const,
    revision: 1,
    template: { id: 't', personId: 'p', modelId, transformId: null, embedding } as never,
  });
  const bytesOf = (values: Float32Array) => new Uint8Array(values.slice().buffer);
  const never = (reason: string) => {
    throw new Error(reason);
  };

  it('reads an embedding wherever it lies in its message', () => {
    const embedding = embeddingOf(1, 4);
    const message = new Uint8Array(19);
    message.set(bytesOf(embedding), 3);
    expect(toStateChanges(template(message.subarray(3)), model, never)).toEqual([
      {
        kind: 'template.put',
        template: {
          ...{ templateId: 't', personId: 'p', modelId: 'mobilefacenet-192' },
          ...{ transformId: null, embedding },
        },
      },
    ]);
  });

  it('reads every template of the golden block, and passes over one of another length', () => {
    const { answer } = readPage(goldenMessage('syncPullAnswerWithBlock'));
    const [block] = answer.ok ? answer.changes : [];
    if (block?.kind !== 'templates.put') throw new Error('The golden page has no block.');
    expect(toStateChanges(block, model, never)).toHaveLength(block.count);
    expect(toStateChanges({ ...block, modelId: 'faceplugin-512' }, model, never)).toEqual([]);
    const reasons: string[] = [];
    expect(toStateChanges({ ...block, count: 3 }, model, (reason) => reasons.push(reason))).toEqual([]);
    expect(reasons).toHaveLength(1);
  });

  it('passes templates of another model over', () => {
    expect(toStateChanges(template(bytesOf(embeddingOf(1, 4)), 'faceplugin-512'), model, never)).toEqual([]);
  });

  it.each([
    ['of another dimension', embeddingOf(1, 5)],
    ['that is not normalised', Float32Array.of(1, 1, 1, 1)],
    ['of zeros', Float32Array.of(0, 0, 0, 0)],
    ['that holds what is no number', Float32Array.of(Number.NaN, 0, 0, 1)],
  ])('leaves an embedding out %s, and says why', (_, embedding) => {
    const reasons: string[] = [];
    expect(toStateChanges(template(bytesOf(embedding)), model, (reason) => reasons.push(reason))).toEqual([]);
    expect(reasons).toEqual([expect.stringContaining('Template t')]);
  });
});
