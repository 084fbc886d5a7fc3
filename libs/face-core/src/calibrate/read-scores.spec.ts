import { temporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { readScores } from './read-scores';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder.remove());

describe('readScores', () => {
  it('reads CSV in any order of columns, others ignored', async () => {
    const path = await folder.write(
      'door.csv',
      '\uFEFFat, similarity ,door,kind,comparisons\r\n1,0.71,front,genuine,\r\n\r\n2,-0.25,front,impostor,120\r\n3,0.5,back,impostor,40\r\n',
    );

    expect(await readScores(path)).toEqual({
      genuine: Float64Array.of(0.71),
      impostor: Float64Array.of(-0.25, 0.5),
      comparisonsPerScore: 80,
    });
  });

  it('reads JSON lines; a score says nothing of comparisons when it is of one', async () => {
    const lines = ['{"kind":"impostor","similarity":0.1,"door":"a"}', '{"kind":"genuine","similarity":0.9}'];
    const path = await folder.write('door.jsonl', `${lines.join('\n')}\n`);

    expect(await readScores(path)).toEqual({
      genuine: Float64Array.of(0.9),
      impostor: Float64Array.of(0.1),
      comparisonsPerScore: 1,
    });
  });

  it('keeps all of more scores than fit at first', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => `impostor,${at / 10_000}`);
    const path = await folder.write('many.csv', ['kind,similarity', ...rows].join('\n'));

    const { impostor } = await readScores(path);
    expect(impostor).toEqual(Float64Array.from({ length: 5000 }, (_, at) => at / 10_000));
  });

  it.each([
    ['kind,score\ngenuine,1\n', /:1: .*similarity are needed; there are kind, score/],
    ['kind,similarity\ngenuine,0.5\nfriend,0.5\n', /:3: kind: /],
    ['kind,similarity\ngenuine,\n', /:2: similarity: /],
    ['kind,similarity\ngenuine,high\n', /:2: similarity: /],
    ['kind,similarity\nimpostor,1.5\n', /:2: similarity: /],
    ['kind,similarity,comparisons\nimpostor,0.5,0\n', /:2: comparisons: /],
    ['{"kind":"genuine","similarity":0.5}\n{"kind":\n', /:2: it is no JSON/],
  ])('names the line of what is wrong: %j', async (content, message) => {
    const path = await folder.write('wrong', content);

    await expect(readScores(path)).rejects.toMatchObject({
      code: 'calibration/bad-row',
      message: expect.stringMatching(message),
    });
  });

  it('says that a file is not there', async () => {
    await expect(readScores(`${folder.path}/none.csv`)).rejects.toMatchObject({
      code: 'calibration/unreadable',
      message: expect.stringContaining('none.csv'),
    });
  });
});
