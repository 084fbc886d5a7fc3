import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { embeddingOf } from '../../testing/drafts';
import { TemplateCipher } from './template-cipher';

const binding = { templateId: 't', personId: 'p', modelId: 'm', transformId: null };
const embedding = embeddingOf(1);

describe('TemplateCipher', () => {
  const cipher = new TemplateCipher(randomBytes(32));

  it('opens what it sealed, bit for bit', () => {
    expect(cipher.open(cipher.seal(embedding, binding), binding)).toEqual(embedding);
  });

  it('shows nothing of the embedding, and never the same twice', () => {
    const sealed = cipher.seal(embedding, binding);
    expect(sealed.includes(Buffer.from(embedding.buffer).subarray(0, 8))).toBe(false);
    expect(sealed.equals(cipher.seal(embedding, binding))).toBe(false);
  });

  it.each(['templateId', 'personId', 'modelId', 'transformId'] as const)(
    'opens nothing under another %s',
    (key) => {
      expect(cipher.open(cipher.seal(embedding, binding), { ...binding, [key]: 'x' })).toBeNull();
    },
  );

  it('seals the secret of a transform, for that one alone', () => {
    const secret = Uint8Array.from(randomBytes(32));
    const sealed = cipher.sealSecret(secret, 'one');
    expect(sealed.includes(Buffer.from(secret.subarray(0, 8)))).toBe(false);
    expect(cipher.openSecret(sealed, 'one')).toEqual(secret);
    expect(cipher.openSecret(sealed, 'two')).toBeNull();
    expect(new TemplateCipher(randomBytes(32)).openSecret(sealed, 'one')).toBeNull();
  });

  it('opens nothing with another key', () => {
    const other = new TemplateCipher(randomBytes(32));
    expect(other.open(cipher.seal(embedding, binding), binding)).toBeNull();
  });

  it('opens nothing that was changed or cut', () => {
    const sealed = cipher.seal(embedding, binding);
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(sealed);
        changed[at]! ^= change;
        return (
          cipher.open(changed, binding) === null && cipher.open(sealed.subarray(0, at), binding) === null
        );
      }),
    );
  });
});
