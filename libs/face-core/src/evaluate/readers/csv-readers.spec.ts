import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder';
import { readDetectLabels } from './detect-labels';
import { readPersonList } from './identify-lists';
import { readKisaCsv } from './kisa-manifest';
import { readPadLabels } from './pad-labels';
import { readPairsCsv } from './pairs-csv';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) await folder.write(name, 'picture');
});

afterEach(() => folder.remove());

describe('readPairsCsv', () => {
  const read = async (text: string) => readPairsCsv(await folder.write('pairs.csv', text), folder.path);

  it('lists each picture once, and its pairs with fold, label and groups', async () => {
    const set = await read(
      '\uFEFFfold,path_a,path_b,same,sex_a,sex_b,camera\r\n0,a.jpg,b.jpg,1,f,f,door\r\n3,b.jpg,c.jpg,0,f,m,\r\n',
    );

    expect(set.images.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg', 'c.jpg']);
    expect(set.pairs).toEqual([
      { a: 0, b: 1, same: true, fold: 0, groups: { sex: 'f', camera: 'door' } },
      { a: 1, b: 2, same: false, fold: 3, groups: { sex: 'mixed' } },
    ]);
  });

  it.each([
    ['nothing', '', 'evaluate/empty-input', /no rows/],
    ['a header alone', 'fold,path_a,path_b,same\n', 'evaluate/empty-input', /no rows/],
    [
      'no column same',
      'fold,path_a,path_b\n0,a.jpg,b.jpg\n',
      'evaluate/missing-column',
      /:1 has no column same/,
    ],
    ['a short row', 'fold,path_a,path_b,same\n0,a.jpg\n', 'evaluate/bad-row', /line 2/],
    [
      'another label',
      'fold,path_a,path_b,same\n0,a.jpg,b.jpg,maybe\n',
      'evaluate/bad-row',
      /:2: same is “maybe”/,
    ],
    ['a fold in words', 'fold,path_a,path_b,same\none,a.jpg,b.jpg,1\n', 'evaluate/bad-row', /:2: fold/],
    [
      'an absent picture',
      'fold,path_a,path_b,same\n0,a.jpg,b.jpg,1\n0,a.jpg,x.jpg,1\n',
      'evaluate/image-missing',
      /:3: .*x\.jpg/,
    ],
    [
      'a picture against itself',
      'fold,path_a,path_b,same\n0,a.jpg,./a.jpg,1\n',
      'evaluate/same-image',
      /:2: /,
    ],
  ])('refuses %s, and says where', async (_, text, code, message) => {
    await expect(read(text)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('says when the file is not there', async () => {
    await expect(readPairsCsv('/nowhere/pairs.csv', folder.path)).rejects.toMatchObject({
      code: 'evaluate/unreadable-input',
      message: expect.stringContaining('no such file'),
    });
  });
});

describe('readKisaCsv', () => {
  const head = 'path,person,category,condition,glasses\n';
  const read = async (rows: string) => readKisaCsv(await folder.write('kisa.csv', head + rows), folder.path);

  it('parts registrations from probes', async () => {
    const manifest = await read('a.jpg,p1,registration,normal,no\nb.jpg,p1,lighting,left,yes\n');

    expect(manifest.registrations).toMatchObject([{ image: 0, person: 'p1' }]);
    expect(manifest.probes).toMatchObject([
      { image: 1, person: 'p1', category: 'lighting', condition: 'left', groups: { glasses: 'yes' } },
    ]);
  });

  it.each([
    ['a probe without a registration', 'b.jpg,p1,lighting,left,\n', 'evaluate/registration', /:2: p1 has no/],
    [
      'two registrations of a person',
      'a.jpg,p1,registration,x,\nb.jpg,p1,registration,y,\n',
      'evaluate/registration',
      /:3: p1 is registered already, at .*:2/,
    ],
    ['no probe', 'a.jpg,p1,registration,x,\n', 'evaluate/empty-input', /no probe/],
  ])('refuses %s', async (_, rows, code, message) => {
    await expect(read(rows)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('readDetectLabels', () => {
  const head =
    'path,yaw,lm_x0,lm_y0,lm_x1,lm_y1,leye_x,leye_y,reye_x,reye_y,nose_x,nose_y,lmouth_x,lmouth_y,rmouth_x,rmouth_y,sex\n';
  const read = async (rows: string) =>
    readDetectLabels(await folder.write('d.csv', head + rows), folder.path);

  it('reads boxes and five points', async () => {
    const { faces } = await read('a.jpg,-12.5,10,20,110,220,1,2,3,4,5,6,7,8,9,10,f\n');

    expect(faces).toEqual([
      {
        image: 0,
        yaw: -12.5,
        box: { x: 10, y: 20, width: 100, height: 200 },
        groups: { sex: 'f' },
        landmarks: [
          { x: 1, y: 2 },
          { x: 3, y: 4 },
          { x: 5, y: 6 },
          { x: 7, y: 8 },
          { x: 9, y: 10 },
        ],
      },
    ]);
  });

  it('refuses a box without area', async () => {
    await expect(read('a.jpg,0,10,20,10,220,1,2,3,4,5,6,7,8,9,10,\n')).rejects.toMatchObject({
      code: 'evaluate/bad-row',
      message: expect.stringContaining(':2: the box has no area'),
    });
  });
});

describe('readPadLabels', () => {
  const head = 'path,label,medium,content,client,video,frame\n';
  const read = async (rows: string) => readPadLabels(await folder.write('p.csv', head + rows), folder.path);

  it('names attacks by medium and content', async () => {
    const { frames } = await read('a.jpg,attack,print,photo,c1,v1,4\nb.jpg,real,,,c1,v2,0\n');

    expect(frames).toMatchObject([
      { species: 'print photo', client: 'c1', presentation: 'v1', frame: 4 },
      { species: undefined, client: 'c1', presentation: 'v2', frame: 0 },
    ]);
  });

  it('refuses another label', async () => {
    await expect(read('a.jpg,fake,,,c,v,0\n')).rejects.toMatchObject({ code: 'evaluate/bad-row' });
  });
});

describe('readPersonList', () => {
  it('reads a CSV and a folder per person alike', async () => {
    await folder.write('people/mina/1.png', 'picture');
    await folder.write('people/mina/notes.txt', 'text');
    await folder.write('people/jun/2.JPG', 'picture');
    const csv = await folder.write('list.csv', 'path,person,age\na.jpg,mina,30s\n');

    expect(await readPersonList(csv, folder.path)).toMatchObject({
      members: [{ image: 0, person: 'mina', groups: { age: '30s' } }],
    });
    expect((await readPersonList(`${folder.path}/people`, folder.path)).members).toEqual([
      { image: 0, person: 'jun' },
      { image: 1, person: 'mina' },
    ]);
  });
});
