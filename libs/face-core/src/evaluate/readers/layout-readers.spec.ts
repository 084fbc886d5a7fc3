import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder';
import { readCfp } from './cfp';
import { KFACE_PAPER, readKFace } from './kface';
import { readLfwPairs } from './lfw-pairs';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => folder.remove());

describe('readLfwPairs', () => {
  const write = async (text: string) => {
    for (const name of ['Ann_Lee_0001', 'Ann_Lee_0012']) await folder.write(`Ann_Lee/${name}.jpg`, 'picture');
    await folder.write('Bo/Bo_0003.png', 'picture');
    return folder.write('pairs.txt', text);
  };

  it('reads folds of as many of either kind', async () => {
    const path = await write('2\t1\nAnn_Lee\t1\t12\nAnn_Lee\t12\tBo\t3\nAnn_Lee\t12\t1\nBo\t3\tAnn_Lee\t1\n');
    const { images, pairs } = await readLfwPairs(path, folder.path);

    expect(images.map(({ name }) => name)).toEqual([
      'Ann_Lee/Ann_Lee_0001.jpg',
      'Ann_Lee/Ann_Lee_0012.jpg',
      'Bo/Bo_0003.png',
    ]);
    expect(pairs.map(({ a, b, same, fold }) => [a, b, same, fold])).toEqual([
      [0, 1, true, 0],
      [1, 2, false, 0],
      [1, 0, true, 1],
      [2, 0, false, 1],
    ]);
  });

  it.each([
    ['a line of one name', '1\t1\nAnn_Lee\n', 'evaluate/bad-row', /:2: /],
    ['a number that has no picture', '1\nAnn_Lee\t1\t2\n', 'evaluate/image-missing', /:2: .*_0002/],
    ['a picture against itself', '1\nAnn_Lee\t1\t1\n', 'evaluate/same-image', /:2: /],
    ['no count', 'Ann_Lee\tx\n', 'evaluate/bad-row', /:1: /],
    ['no pair', '1\n', 'evaluate/empty-input', /no pair/],
    ['nothing', '', 'evaluate/empty-input', /empty/],
  ])('refuses %s', async (_, text, code, message) => {
    await expect(readLfwPairs(await write(text), folder.path)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe('readCfp', () => {
  beforeEach(async () => {
    for (const at of ['001/frontal/01', '002/frontal/01', '001/profile/01', '002/profile/01']) {
      await folder.write(`Data/Images/${at}.jpg`, 'picture');
    }
    const list = (kind: string) =>
      `1 ../Data/Images/001/${kind}/01.jpg\n2 ../Data/Images/002/${kind}/01.jpg\n`;
    await folder.write('Protocol/Pair_list_F.txt', list('frontal'));
    await folder.write('Protocol/Pair_list_P.txt', list('profile'));
    for (const fold of ['01', '02']) {
      await folder.write(`Protocol/Split/FP/${fold}/same.txt`, '1,1\n');
      await folder.write(`Protocol/Split/FP/${fold}/diff.txt`, '1,2\n');
    }
  });

  it('takes the second of a pair from the profiles', async () => {
    const { images, pairs } = await readCfp(folder.path, 'FP');
    const name = (at: number) => images[at]?.name;

    expect(pairs.map(({ a, b, same, fold }) => [name(a), name(b), same, fold])).toEqual([
      ['Data/Images/001/frontal/01.jpg', 'Data/Images/001/profile/01.jpg', true, 0],
      ['Data/Images/001/frontal/01.jpg', 'Data/Images/002/profile/01.jpg', false, 0],
      ['Data/Images/001/frontal/01.jpg', 'Data/Images/001/profile/01.jpg', true, 1],
      ['Data/Images/001/frontal/01.jpg', 'Data/Images/002/profile/01.jpg', false, 1],
    ]);
  });

  it('refuses a number that no list has', async () => {
    await folder.write('Protocol/Split/FP/02/diff.txt', '1,2\n9,1\n');

    await expect(readCfp(folder.path, 'FP')).rejects.toMatchObject({
      code: 'evaluate/bad-row',
      message: expect.stringMatching(/02\/diff\.txt:2: .*“9”/),
    });
  });
});

describe('readKFace', () => {
  const at = (path: string) => folder.write(`High/19062421/${path}.jpg`, 'picture');

  it('takes probes that differ in one thing, within the paper’s conditions', async () => {
    for (const path of [
      'S001/L1/E01/C7',
      'S002/L1/E01/C7',
      'S004/L1/E01/C7', // sunglasses: left out
      'S001/L9/E01/C7',
      'S001/L1/E02/C7',
      'S001/L1/E01/C4',
      'S001/L1/E01/C1', // over 45 degrees: left out
      'S002/L9/E02/C4', // four things at once: left out
    ]) {
      await at(path);
    }
    const { registrations, probes } = await readKFace(folder.path);

    expect(registrations).toMatchObject([{ person: '19062421' }]);
    expect(probes.map(({ category, condition }) => [category, condition])).toEqual([
      ['accessory', 'S002'],
      ['lighting', 'L9'],
      ['expression', 'E02'],
      ['pose', 'C4'],
    ]);
  });

  it('says whose registration picture is missing, and which resolutions there are', async () => {
    await at('S001/L1/E01/C4');

    await expect(readKFace(folder.path)).rejects.toMatchObject({
      code: 'evaluate/image-missing',
      message: expect.stringMatching(/19062421.*C7\.jpg/),
    });
    await expect(readKFace(folder.path, { ...KFACE_PAPER, resolution: 'Low' })).rejects.toMatchObject({
      message: expect.stringContaining('It has: High'),
    });
  });
});
