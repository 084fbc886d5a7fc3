import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidV7 } from 'uuid';
import { temporaryDirectories } from '../../testing/temp-directory';
import { pictureHash } from '../../domain/picture-hash';
import { SealedPictures } from './sealed-pictures';
import { TemplateCipher } from './template-cipher';

const newDirectory = temporaryDirectories();
const jpeg = Uint8Array.from({ length: 300 }, (_, index) => index % 251);
const hash = pictureHash(jpeg);

describe('SealedPictures', () => {
  let directory: string;
  let pictures: SealedPictures;
  beforeEach(() => {
    directory = join(newDirectory(), 'pictures');
    pictures = new SealedPictures({ directory, cipher: new TemplateCipher(Buffer.alloc(32, 7)) });
  });
  const files = () => readdirSync(directory);

  it('gives back what was kept, and has nothing of it in the open', async () => {
    expect(await pictures.some(5)).toEqual([]);
    await pictures.keep({ hash, jpeg }, null);
    await pictures.keep({ hash, jpeg }, null);
    expect(await pictures.some(5)).toEqual([{ hash, personId: null }]);
    expect(await pictures.read({ hash, personId: null })).toEqual(jpeg);
    const sealed = readFileSync(join(directory, files()[0]!));
    expect(sealed.includes(Buffer.from(jpeg.subarray(0, 16)))).toBe(false);
    await pictures.forget({ hash, personId: null });
    expect(await pictures.read({ hash, personId: null })).toBeNull();
  });

  it('gives up what was damaged, and what another key sealed', async () => {
    await pictures.keep({ hash, jpeg }, null);
    const path = join(directory, files()[0]!);
    writeFileSync(path, readFileSync(path).fill(0, 40, 60));
    expect(await pictures.read({ hash, personId: null })).toBeNull();
    expect(files()).toEqual([]);
    await pictures.keep({ hash, jpeg }, null);
    const cipher = new TemplateCipher(Buffer.alloc(32, 8));
    const others = new SealedPictures({ directory, cipher });
    expect(await others.read({ hash, personId: null })).toBeNull();
  });

  it('forgets the pictures of some people and no others', async () => {
    const [kim, lee] = [uuidV7(), uuidV7()];
    const made = [kim, lee, null].map((personId, index) => {
      const bytes = jpeg.map((byte) => byte ^ index);
      return { personId, picture: { hash: pictureHash(bytes), jpeg: bytes } };
    });
    for (const { personId, picture } of made) await pictures.keep(picture, personId);
    expect(await pictures.forgetPeople((personId) => personId === kim)).toBe(1);
    const left = (await pictures.some(5)).map(({ personId }) => personId);
    expect(new Set(left)).toEqual(new Set([lee, null]));
    expect(await pictures.some(1)).toHaveLength(1);
  });
});
