import { createHash } from 'node:crypto';
import { cosineSimilarity, normalized } from '../embed/embedding';
import { TemplateTransform } from './template-transform';

const secretOf = (name: string) => createHash('sha256').update(name).digest();

/** Directions spread evenly, the same in every run. */
function embeddings(count: number, dimension: number, name = 'faces'): Float32Array[] {
  return Array.from({ length: count }, (_, row) => {
    const values = Float32Array.from({ length: dimension }, (_, column) => {
      const bytes = createHash('sha256').update(`${name} ${row} ${column}`).digest();
      // A sum of uniform numbers is near enough to a normal one.
      return [0, 4, 8, 12, 16, 20].reduce((sum, at) => sum + bytes.readUInt32LE(at) / 2 ** 32 - 0.5, 0);
    });
    return normalized(values);
  });
}

/** Another picture of the same face: near, not equal. */
function again(face: Float32Array, noise: Float32Array): Float32Array {
  return normalized(face.map((value, index) => value + 0.6 * noise[index]!));
}

describe.each([192, 512])('TemplateTransform of %i numbers', (dimension) => {
  const transform = new TemplateTransform(secretOf('ours'), dimension);
  const faces = embeddings(40, dimension);

  it('keeps lengths, and similarities to 1e-6', () => {
    const turned = faces.map((face) => transform.apply(face));
    for (const [i, face] of faces.entries()) {
      expect(Math.abs(Math.hypot(...turned[i]!) - 1)).toBeLessThan(1e-6);
      for (const [j, other] of faces.entries()) {
        const difference = cosineSimilarity(turned[i]!, turned[j]!) - cosineSimilarity(face, other);
        expect(Math.abs(difference)).toBeLessThan(1e-6);
      }
    }
  });

  it('is undone by revert', () => {
    for (const face of faces) {
      const back = transform.revert(transform.apply(face));
      expect(Math.max(...back.map((value, index) => Math.abs(value - face[index]!)))).toBeLessThan(1e-6);
    }
  });

  it('makes an embedding a stranger to itself, to those of another secret, and spreads over every number', () => {
    const other = new TemplateTransform(secretOf('theirs'), dimension);
    const self = faces.map((face) => cosineSimilarity(face, transform.apply(face)));
    const across = faces.map((face) => cosineSimilarity(other.apply(face), transform.apply(face)));
    for (const similarities of [self, across]) {
      const mean = similarities.reduce((sum, value) => sum + value, 0) / similarities.length;
      const spread = Math.sqrt(
        similarities.reduce((sum, value) => sum + value ** 2, 0) / similarities.length,
      );
      // Strangers in n dimensions: mean 0, deviation 1 / sqrt(n).
      expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(dimension * similarities.length));
      expect(spread * Math.sqrt(dimension)).toBeLessThan(1.5);
      expect(spread * Math.sqrt(dimension)).toBeGreaterThan(0.6);
    }
    const single = new Float32Array(dimension);
    single[dimension - 1] = 1;
    const reached = transform.apply(single).filter((value) => value !== 0).length;
    expect(reached).toBeGreaterThan(dimension * 0.8);
  });

  it('lets two pictures of one face match within a deployment and not between two', () => {
    const other = new TemplateTransform(secretOf('theirs'), dimension);
    const noise = embeddings(faces.length, dimension, 'noise');
    const pairs = faces.map((face, index) => [face, again(face, noise[index]!)] as const);
    const within = pairs.map(([a, b]) => cosineSimilarity(transform.apply(a), transform.apply(b)));
    const between = pairs.map(([a, b]) => cosineSimilarity(transform.apply(a), other.apply(b)));
    const strangers = pairs.map(([a], index) => cosineSimilarity(a, pairs[(index + 1) % pairs.length]![0]));
    expect(Math.min(...within)).toBeGreaterThan(0.7);
    expect(Math.max(...between)).toBeLessThan(Math.max(...strangers) + 0.15);
  });

  it('takes no other dimension', () => {
    expect(() => transform.apply(new Float32Array(dimension + 1))).toThrow('cannot be turned');
    expect(() => transform.revert(new Float32Array(dimension - 1))).toThrow('cannot be turned');
  });
});

describe('TemplateTransform', () => {
  // These bits are in every door's store: a change here makes every gallery useless.
  it.each([
    [192, 'f0f8111f842f633e3ac4b370ca29ee0632c607a099b761995d99262370e4c500'],
    [512, 'e69710182e3a573d8e377855d1ad4c0137f3135853fbee6980f3c93fd25bd300'],
  ])('of %i numbers gives the same bits everywhere and for ever', (dimension, digest) => {
    const ramp = normalized(Float32Array.from({ length: dimension }, (_, index) => index - 7.25));
    const turned = new TemplateTransform(secretOf('golden'), dimension).apply(ramp);
    const bytes = Buffer.alloc(dimension * 4);
    turned.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(digest);
  });

  it.each([1, 2, 3, 5, 100, 128])('turns embeddings of %i numbers there and back', (dimension) => {
    const transform = new TemplateTransform(secretOf('odd'), dimension);
    const [face] = embeddings(1, dimension) as [Float32Array];
    const turned = transform.apply(face);
    expect(Math.hypot(...turned)).toBeCloseTo(1, 5);
    expect(cosineSimilarity(transform.revert(turned), face)).toBeCloseTo(1, 6);
  });

  it('wants a secret of 32 bytes', () => {
    expect(() => new TemplateTransform(new Uint8Array(16), 192)).toThrow('32 bytes');
  });
});
