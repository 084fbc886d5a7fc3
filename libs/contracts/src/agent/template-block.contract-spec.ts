import { goldenMessage } from '../testing';
import { packTemplates, unpackTemplates } from './template-block';
import { syncPullAnswerSchema } from './sync';

const embedding = new Uint8Array(Float32Array.of(0.5, 0.5, 0.5, 0.5).buffer);
const templates = [
  {
    id: '0198c2f0-7a3b-7c11-8a44-000000000002',
    personId: '0198c2f0-7a3b-7c11-8a44-000000000001',
    transformId: '0198c2f0-7a3b-7c11-8a44-000000000009',
    embedding,
  },
  {
    id: '0198c2f0-7a3b-7c11-8a44-000000000003',
    personId: '0198c2f0-7a3b-7c11-8a44-000000000001',
    transformId: null,
    embedding,
  },
];

describe('a block of templates', () => {
  it('is laid out as the golden message has it, and read back', () => {
    const answer = syncPullAnswerSchema.parse(goldenMessage('syncPullAnswerWithBlock'));
    const [change] = answer.ok ? answer.changes : [];
    if (change?.kind !== 'templates.put') throw new Error('The golden message has no block.');
    expect(packTemplates(templates)).toEqual(change.block);
    expect(unpackTemplates(change.block, { count: change.count, dimension: 4 })).toEqual(templates);
  });

  it('is not read with another count or dimension than its own', () => {
    const block = packTemplates(templates);
    expect(unpackTemplates(block, { count: 3, dimension: 4 })).toBeNull();
    expect(unpackTemplates(block, { count: 2, dimension: 5 })).toBeNull();
  });

  it('holds embeddings of one length', () => {
    const other = { ...templates[0]!, embedding: new Uint8Array(20) };
    expect(() => packTemplates([...templates, other])).toThrow(RangeError);
  });
});
