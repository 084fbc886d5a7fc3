import fc from 'fast-check';
import { Gallery } from './gallery';
import { hardEmbedding, randomEmbedding } from './testing/embeddings';
import { ReferenceGallery } from './testing/reference-gallery';

const MODEL = 'model-a';

/** The gallery and what it must behave like, changed alike. */
class Pair {
  readonly gallery: Gallery;
  readonly reference = new ReferenceGallery();

  constructor(dimension: number) {
    this.gallery = new Gallery({ modelId: MODEL, dimension });
  }

  put(template: number, person: number, embedding: Float32Array): void {
    const [templateId, personId] = [`t${template}`, `p${person}`];
    this.gallery.put({ templateId, personId, modelId: MODEL, embedding });
    this.reference.put(templateId, personId, embedding);
  }
}

type Step =
  | { kind: 'put'; template: number; person: number; embedding: Float32Array }
  | { kind: 'remove'; template: number }
  | { kind: 'removePerson'; person: number }
  | { kind: 'clear' }
  | { kind: 'search'; embedding: Float32Array; top: number };

function stepsOf(dimension: number): fc.Arbitrary<Step[]> {
  const template = fc.integer({ min: 0, max: 20 });
  const person = fc.integer({ min: 0, max: 5 });
  const embedding = hardEmbedding(dimension);
  const top = fc.integer({ min: 1, max: 8 });
  return fc.array(
    fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant('put' as const), template, person, embedding }) },
      { weight: 3, arbitrary: fc.record({ kind: fc.constant('remove' as const), template }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('removePerson' as const), person }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('search' as const), embedding, top }) },
    ),
    { maxLength: 60, size: 'max' },
  );
}

function run(pair: Pair, step: Step): void {
  const { gallery, reference } = pair;
  switch (step.kind) {
    case 'put':
      pair.put(step.template, step.person, step.embedding);
      return;
    case 'remove':
      expect(gallery.remove(`t${step.template}`)).toBe(reference.remove(`t${step.template}`));
      return;
    case 'removePerson':
      expect(gallery.removePerson(`p${step.person}`)).toBe(reference.removePerson(`p${step.person}`));
      return;
    case 'clear':
      gallery.clear();
      reference.templates.clear();
      return;
    case 'search':
      expect(gallery.search(step.embedding, { top: step.top })).toEqual(
        reference.search(step.embedding, step.top),
      );
  }
}

describe('Gallery beside a plain reference', () => {
  it.each([16, 20, 192])(
    'gives the same answers to the last bit after any changes, %i numbers',
    (dimension) => {
      fc.assert(
        fc.property(stepsOf(dimension), (steps) => {
          const pair = new Pair(dimension);
          for (const step of steps) {
            run(pair, step);
            expect(pair.gallery.size).toBe(pair.reference.templates.size);
          }
        }),
        { numRuns: 40 },
      );
    },
  );

  it('finds the best among thousands that differ by less than the codes can tell', () => {
    const dimension = 64;
    const pair = new Pair(dimension);
    const centre = randomEmbedding(1, dimension);
    for (let i = 0; i < 1500; i += 1) {
      const noise = randomEmbedding(1000 + i, dimension);
      pair.put(
        i,
        i % 400,
        centre.map((value, at) => value + 0.003 * (noise[at] as number)),
      );
    }
    for (const [seed, top] of [1, 5, 500].entries()) {
      const noise = randomEmbedding(seed, dimension);
      const probe = centre.map((value, at) => value + 0.003 * (noise[at] as number));
      expect(pair.gallery.search(probe, { top })).toEqual(pair.reference.search(probe, top));
    }
  });

  it('finds the best when every row is better than all before it', () => {
    const dimension = 32;
    const pair = new Pair(dimension);
    const probe = randomEmbedding(1, dimension);
    const away = randomEmbedding(2, dimension);
    const count = 3000;
    for (let i = 0; i < count; i += 1) {
      pair.put(
        i,
        i % 2500,
        probe.map((value, at) => value + (1 - i / count) * (away[at] as number)),
      );
    }
    expect(pair.gallery.search(probe, { top: 7 })).toEqual(pair.reference.search(probe, 7));
    expect(pair.gallery.searchUnbounded(probe, { top: 7 })).toEqual(pair.reference.search(probe, 7));
  });

  it('answers the same whatever the order it was filled in', () => {
    const dimension = 16;
    const templates = fc.array(
      fc.record({ person: fc.integer({ min: 0, max: 5 }), embedding: hardEmbedding(dimension) }),
      { minLength: 1, maxLength: 40, size: 'max' },
    );
    fc.assert(
      fc.property(templates, hardEmbedding(dimension), (all, probe) => {
        const filled = (order: number[]) => {
          const pair = new Pair(dimension);
          for (const i of order) pair.put(i, all[i]!.person, all[i]!.embedding);
          return pair.gallery.search(probe, { top: 3 });
        };
        const order = [...all.keys()];
        expect(filled(order.toReversed())).toEqual(filled(order));
      }),
      { numRuns: 40 },
    );
  });
});
