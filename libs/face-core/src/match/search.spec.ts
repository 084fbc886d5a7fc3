import fc from 'fast-check';
import { quantizeProbe } from './quantize';
import { normalized } from '../embed/embedding';
import { searchEveryRow, searchSteps } from './search';
import { TemplateTable } from './template-table';
import { hardEmbedding, randomEmbedding } from './testing/embeddings';
import { ReferenceGallery } from './testing/reference-gallery';

const DIMENSION = 16;

interface Change {
  readonly kind: 'put' | 'remove' | 'removePerson';
  readonly template: number;
  readonly embedding: Float32Array;
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('put', 'put', 'remove', 'removePerson'),
  template: fc.integer({ min: 0, max: 400 }),
  embedding: hardEmbedding(DIMENSION),
});

/** Changes the table; several searches may be between two steps. */
function apply(table: TemplateTable, { kind, template, embedding }: Change): void {
  if (kind === 'put') table.put(`t${template}`, `p${template % 90}`, normalized(embedding));
  else if (kind === 'remove') table.remove(`t${template}`);
  else table.removePerson(`p${template % 90}`);
}

function filled(count: number): { table: TemplateTable; reference: ReferenceGallery } {
  const table = new TemplateTable(DIMENSION);
  const reference = new ReferenceGallery();
  for (let i = 0; i < count; i += 1) {
    const embedding = randomEmbedding(i % 350, DIMENSION);
    table.put(`t${i}`, `p${i % 90}`, normalized(embedding));
    reference.put(`t${i}`, `p${i % 90}`, embedding);
  }
  return { table, reference };
}

describe('searchSteps', () => {
  it('answers for the rows of its start whatever changes between its steps', () => {
    fc.assert(
      fc.property(
        hardEmbedding(DIMENSION),
        fc.array(fc.array(change, { maxLength: 40, size: 'max' }), { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 6 }),
        (embedding, changes, top) => {
          const { table, reference } = filled(400);
          const expected = reference.search(embedding, top);
          const probe = quantizeProbe(normalized(embedding));
          const other = quantizeProbe(normalized(randomEmbedding(77, DIMENSION)));
          const view = table.store.openView();
          const steps = searchSteps({ store: table.store, sequence: view.sequence, probe, top });
          let step = steps.next();
          let pauses = 0;
          for (; !step.done; step = steps.next()) {
            for (const each of changes[pauses] ?? []) apply(table, each);
            const { store } = table;
            const between = { store, sequence: store.sequence, probe: other, top };
            expect([...stepsTo(searchSteps(between))]).toEqual(searchEveryRow(between));
            pauses += 1;
          }
          expect(pauses).toBeGreaterThan(2);
          expect(step.value).toEqual(expected);
          view.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('does not compare every row in float32', () => {
    const { table } = filled(0);
    for (let i = 0; i < 4000; i += 1) table.put(`t${i}`, `p${i}`, normalized(randomEmbedding(i, DIMENSION)));
    const { store } = table;
    let compared = 0;
    for (const segment of store.segments) {
      const dot = segment.dot.bind(segment);
      segment.dot = (place) => {
        compared += 1;
        return dot(place);
      };
    }
    const probe = quantizeProbe(normalized(randomEmbedding(9000, DIMENSION)));
    const task = { store, sequence: store.sequence, probe, top: 2 };
    expect(stepsTo(searchSteps(task))).toEqual(searchEveryRow(task));
    expect(compared - 4000).toBeGreaterThan(2);
    expect(compared - 4000).toBeLessThan(100);
  });
});

function stepsTo<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
