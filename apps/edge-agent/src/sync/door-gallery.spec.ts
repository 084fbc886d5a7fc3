import { embeddingOf } from '../testing/drafts';
import { DoorGallery } from './door-gallery';
import { TemplateTransform } from '@munjigi/face-core';

const model = { modelId: 'm', dimension: 192 };
const secretOf = (fill: number) => new Uint8Array(32).fill(fill);

/** The face of that number, as kept in the transform of that number; 0: as the model made it. */
function template(face: number, transform: number, personId = `person-${face}`) {
  const embedding = embeddingOf(face);
  const turned =
    transform === 0 ? embedding : new TemplateTransform(secretOf(transform), 192).apply(embedding);
  const transformId = transform === 0 ? null : `transform-${transform}`;
  return { templateId: `template-${face}`, personId, modelId: 'm', transformId, embedding: turned };
}

function gallery(...transforms: number[]): DoorGallery {
  const made = new DoorGallery(model);
  for (const number of transforms) made.addTransform({ id: `transform-${number}`, secret: secretOf(number) });
  return made;
}

describe('DoorGallery', () => {
  it('finds each person in the transform that they are kept in, best first', () => {
    const mixed = gallery(1, 2);
    for (const [face, transform] of [
      [1, 0],
      [2, 1],
      [3, 2],
      [4, 1],
    ] as const)
      mixed.put(template(face, transform));
    for (const face of [1, 2, 3, 4]) {
      const [best, second] = mixed.search(embeddingOf(face), { top: 2 });
      expect(best?.personId).toBe(`person-${face}`);
      expect(best?.similarity).toBeCloseTo(1, 5);
      expect(second?.similarity).toBeLessThan(0.4);
    }
    expect(mixed.size).toBe(4);
  });

  it('answers as one gallery of plain templates does', () => {
    const [plain, mixed] = [gallery(), gallery(1, 2)];
    for (let face = 1; face <= 60; face += 1) {
      plain.put(template(face, 0));
      mixed.put(template(face, face % 3));
    }
    for (let probe = 100; probe < 120; probe += 1) {
      const [expected, found] = [plain, mixed].map((each) => each.search(embeddingOf(probe), { top: 3 }));
      expect(found?.map(({ personId }) => personId)).toEqual(expected?.map(({ personId }) => personId));
      found?.forEach(({ similarity }, place) =>
        expect(similarity).toBeCloseTo(expected![place]!.similarity, 5),
      );
    }
  });

  it('names a person once whose templates are in two transforms', () => {
    const mixed = gallery(1);
    mixed.put(template(1, 0, 'kim'));
    mixed.put(template(2, 1, 'kim'));
    mixed.put(template(3, 1));
    expect(mixed.search(embeddingOf(2), { top: 2 }).map(({ personId }) => personId)).toEqual([
      'kim',
      'person-3',
    ]);
  });

  it('keeps a template in one transform at a time', () => {
    const mixed = gallery(1, 2);
    mixed.put(template(1, 1));
    mixed.put(template(1, 2));
    expect(mixed.size).toBe(1);
    mixed.remove('template-1');
    expect(mixed.size).toBe(0);
  });

  it('forgets a person, a transform, and everything', () => {
    const mixed = gallery(1, 2);
    for (const [face, transform] of [
      [1, 1],
      [2, 2],
      [3, 2],
    ] as const)
      mixed.put(template(face, transform));
    mixed.removePerson('person-3');
    expect(mixed.size).toBe(2);
    mixed.dropTransform('transform-1');
    expect([mixed.size, mixed.knows('transform-1'), mixed.knows('transform-2')]).toEqual([1, false, true]);
    mixed.clear();
    expect([mixed.size, mixed.knows('transform-2'), mixed.knows(null)]).toEqual([0, false, true]);
    expect(mixed.search(embeddingOf(1), { top: 2 })).toEqual([]);
  });
});
