import { Gallery } from './gallery';
import { randomEmbedding } from './testing/embeddings';
import { ReferenceGallery } from './testing/reference-gallery';

const MODEL = 'model-a';
const DIMENSION = 16;

function axis(at: number, length = 1): Float32Array {
  return new Float32Array(DIMENSION).fill(length, at, at + 1);
}

function galleryOf(...templates: [templateId: string, personId: string, embedding: Float32Array][]): Gallery {
  const gallery = new Gallery({ modelId: MODEL, dimension: DIMENSION });
  for (const [templateId, personId, embedding] of templates) {
    gallery.put({ templateId, personId, modelId: MODEL, embedding });
  }
  return gallery;
}

function randomGallery(count: number): { gallery: Gallery; reference: ReferenceGallery } {
  const gallery = galleryOf();
  const reference = new ReferenceGallery();
  for (let i = 0; i < count; i += 1) {
    const embedding = randomEmbedding(i, DIMENSION);
    gallery.put({ templateId: `t${i}`, personId: `p${i % 60}`, modelId: MODEL, embedding });
    reference.put(`t${i}`, `p${i % 60}`, embedding);
  }
  return { gallery, reference };
}

describe('Gallery.search', () => {
  it('finds nobody in an empty gallery', async () => {
    expect(galleryOf().search(axis(0))).toEqual([]);
    expect(await galleryOf().searchAsync(axis(0))).toEqual([]);
  });

  it('tells of each person the best template and the margin to the next, beyond the last returned too', () => {
    const gallery = galleryOf(
      ['a1', 'anna', axis(1)],
      ['a2', 'anna', Float32Array.of(4, 3, ...axis(0).slice(2).fill(0))],
      ['b1', 'bert', axis(1, -2)],
      ['c1', 'carl', Float32Array.of(3, 4, ...axis(0).slice(2).fill(0))],
    );
    const all = gallery.search(axis(0), { top: 3 });
    expect(all.map(({ personId, templateId }) => [personId, templateId])).toEqual([
      ['anna', 'a2'],
      ['carl', 'c1'],
      ['bert', 'b1'],
    ]);
    for (const [place, expected] of [
      { similarity: 0.8, margin: 0.2 },
      { similarity: 0.6, margin: 0.6 },
      { similarity: 0, margin: 1 },
    ].entries()) {
      expect(all[place]?.similarity).toBeCloseTo(expected.similarity, 6);
      expect(all[place]?.margin).toBeCloseTo(expected.margin, 6);
    }
    expect(gallery.search(axis(0), { top: 1 })).toEqual(all.slice(0, 1));
  });

  it('orders equals by person, and a person’s equal templates by template', () => {
    const gallery = galleryOf(['t3', 'zoe', axis(0)], ['t2', 'amy', axis(0, 2)], ['t1', 'amy', axis(0, 5)]);
    expect(gallery.search(axis(0))).toEqual([
      { personId: 'amy', templateId: 't1', similarity: 1, margin: 0 },
      { personId: 'zoe', templateId: 't3', similarity: 1, margin: 2 },
    ]);
  });

  it('keeps similarities within -1 and 1, where rounding would leave them', () => {
    let isOutside = false;
    for (let seed = 0; seed < 200; seed += 1) {
      const embedding = randomEmbedding(seed, DIMENSION);
      const gallery = galleryOf(['t', 'p', embedding], ['u', 'q', embedding.map((value) => -value)]);
      const [first, second] = gallery.search(embedding);
      expect(first?.similarity).toBeLessThanOrEqual(1);
      expect(second?.similarity).toBeGreaterThanOrEqual(-1);
      isOutside ||= first?.similarity === 1;
    }
    expect(isOutside).toBe(true);
  });

  it('replaces a template, also by one of another person', () => {
    const gallery = galleryOf(['t', 'anna', axis(0)], ['t', 'bert', axis(1)]);
    expect(gallery.size).toBe(1);
    expect(gallery.search(axis(1))).toEqual([
      { personId: 'bert', templateId: 't', similarity: 1, margin: 2 },
    ]);
    expect(gallery.removePerson('anna')).toBe(0);
    expect(gallery.has('t')).toBe(true);
    expect(gallery.removePerson('bert')).toBe(1);
    expect(gallery.has('t')).toBe(false);
  });

  it('does not keep the caller’s array, nor change it', () => {
    const embedding = axis(0, 7);
    const gallery = galleryOf(['t', 'p', embedding]);
    expect(embedding).toEqual(axis(0, 7));
    embedding.fill(-1);
    expect(gallery.search(axis(0))[0]?.similarity).toBe(1);
  });
});

describe('Gallery.searchAsync', () => {
  it('answers for the gallery at the call, whatever comes and goes before it is done', async () => {
    const { gallery, reference } = randomGallery(2000);
    const probes = [3, 4, 5].map((seed) => randomEmbedding(seed, DIMENSION));
    const expected = probes.map((probe) => reference.search(probe, 5));
    const answers = probes.map((probe) => gallery.searchAsync(probe));
    for (let i = 0; i < 1000; i += 1) gallery.remove(`t${i}`);
    const probe = probes[0] as Float32Array;
    gallery.put({ templateId: 'new', personId: 'new', modelId: MODEL, embedding: probe });
    expect(gallery.search(probe)[0]?.personId).toBe('new');
    expect(await Promise.all(answers)).toEqual(expected);
    expect((await gallery.searchAsync(probe))[0]?.personId).toBe('new');
  });

  it('answers for the gallery at the call when that is cleared meanwhile', async () => {
    const { gallery, reference } = randomGallery(500);
    const probe = randomEmbedding(1, DIMENSION);
    const answer = gallery.searchAsync(probe, { top: 2 });
    gallery.clear();
    expect(gallery.search(probe)).toEqual([]);
    expect(await answer).toEqual(reference.search(probe, 2));
  });
});

describe('Gallery and what it refuses', () => {
  const gallery = galleryOf(['t', 'p', axis(0)]);
  const bad: [string, Float32Array, string][] = [
    ['NaN', axis(3, NaN), 'embedding/invalid'],
    ['infinite', axis(3, -Infinity), 'embedding/invalid'],
    ['of zero length', axis(3, 0), 'embedding/invalid'],
    ['empty', new Float32Array(0), 'embedding/wrong-dimension'],
    ['longer', new Float32Array(DIMENSION + 1).fill(1), 'embedding/wrong-dimension'],
  ];

  it.each(bad)('refuses an embedding that is %s, and stays as it was', async (_, embedding, code) => {
    const error = expect.objectContaining({ name: 'FaceCoreError', code });
    expect(() => gallery.put({ templateId: 't', personId: 'q', modelId: MODEL, embedding })).toThrow(error);
    expect(() => gallery.search(embedding)).toThrow(error);
    expect(() => gallery.searchUnbounded(embedding)).toThrow(error);
    await expect(gallery.searchAsync(embedding)).rejects.toThrow(error);
    expect(gallery.search(axis(0))).toEqual([{ personId: 'p', templateId: 't', similarity: 1, margin: 2 }]);
  });

  it('refuses a template of another model', () => {
    const template = { templateId: 't', personId: 'q', modelId: 'model-b', embedding: axis(0) };
    expect(() => gallery.put(template)).toThrow(expect.objectContaining({ code: 'embedding/other-model' }));
  });

  it.each(['', 'x'.repeat(1025), 'half \ud83d'])('refuses the id %j', (id) => {
    const error = expect.objectContaining({ name: 'FaceCoreError', code: 'gallery/invalid' });
    const template = { templateId: 'u', personId: 'q', modelId: MODEL, embedding: axis(0) };
    expect(() => gallery.put({ ...template, templateId: id })).toThrow(error);
    expect(() => gallery.put({ ...template, personId: id })).toThrow(error);
    expect(() => new Gallery({ modelId: id, dimension: DIMENSION })).toThrow(error);
    expect(gallery.size).toBe(1);
  });

  it.each([0, -1, 1.5, NaN, 8193])('refuses %d dimensions', (dimension) => {
    const error = expect.objectContaining({ name: 'FaceCoreError', code: 'gallery/invalid' });
    expect(() => new Gallery({ modelId: MODEL, dimension })).toThrow(error);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('refuses to return %d people', (top) => {
    const error = expect.objectContaining({ name: 'FaceCoreError', code: 'gallery/invalid' });
    expect(() => gallery.search(axis(0), { top })).toThrow(error);
  });
});
