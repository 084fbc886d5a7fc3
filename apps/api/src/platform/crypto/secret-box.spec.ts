import { randomBytes } from 'node:crypto';
import { SecretBox } from './secret-box';

const secret = Uint8Array.from({ length: 64 }, (_, index) => index);

describe('SecretBox', () => {
  const box = new SecretBox(randomBytes(32));

  it('gives back what was sealed', () => {
    expect(box.open(box.seal(secret, 'a'), 'a')).toEqual(secret);
    expect(box.open(box.seal(new Uint8Array(), 'a'), 'a')).toEqual(new Uint8Array());
  });

  it('does not show the secret, and never seals it the same way twice', () => {
    const sealed = box.seal(secret, 'a');
    expect(sealed.includes(Buffer.from(secret.subarray(0, 8)))).toBe(false);
    expect(box.seal(secret, 'a')).not.toEqual(sealed);
  });

  it('does not open in another row', () => {
    expect(() => box.open(box.seal(secret, 'template/1'), 'template/2')).toThrow('could not be opened');
  });

  it('does not open with another key', () => {
    const sealed = box.seal(secret, 'a');
    expect(() => new SecretBox(randomBytes(32)).open(sealed, 'a')).toThrow('could not be opened');
  });

  it('does not open what a key of another kind sealed', () => {
    const key = randomBytes(32);
    expect(() => new SecretBox(key, 2).open(new SecretBox(key).seal(secret, 'a'), 'a')).toThrow(
      'could not be opened',
    );
    expect(new SecretBox(key, 2).open(new SecretBox(key, 2).seal(secret, 'a'), 'a')).toEqual(secret);
  });

  it('does not open when any byte was changed, or the end is missing', () => {
    const sealed = box.seal(secret, 'a');
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => box.open(changed, 'a')).toThrow('could not be opened');
      expect(() => box.open(sealed.subarray(0, index), 'a')).toThrow('could not be opened');
    }
  });

  it('tells its key from another', () => {
    expect(box.keyCheck()).toEqual(box.keyCheck());
    expect(new SecretBox(randomBytes(32)).keyCheck()).not.toEqual(box.keyCheck());
  });
});
