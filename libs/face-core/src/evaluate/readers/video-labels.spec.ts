import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder';
import { readVideoLabels } from './video-labels';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
  for (const name of ['a.mp4', 'b.mp4', 'c.mkv', 'kim.jpg', 'lee.PNG']) await folder.write(name, 'file');
});

afterEach(() => folder.remove());

const read = async (text: string) => readVideoLabels(await folder.write('video.csv', text), folder.path);

describe('readVideoLabels', () => {
  it('lists each recording once, and who is on it when', async () => {
    const labels = await read(
      'path,person,start,end,enrol,glasses\na.mp4,kim,0,4.5,kim.jpg,yes\na.mp4,stranger,6,,,\nb.mp4,lee,,3,lee.PNG,\n',
    );

    expect(labels.recordings).toEqual([
      { name: 'a.mp4', path: `${folder.path}/a.mp4` },
      { name: 'b.mp4', path: `${folder.path}/b.mp4` },
    ]);
    expect(labels.visits).toEqual([
      { recording: 0, person: 'kim', startMs: 0, endMs: 4500, groups: { glasses: 'yes' } },
      { recording: 0, person: 'stranger', startMs: 6000, endMs: Infinity, groups: {} },
      { recording: 1, person: 'lee', startMs: 0, endMs: 3000, groups: {} },
    ]);
    expect(labels.images.map(({ name }) => name)).toEqual(['kim.jpg', 'lee.PNG']);
    expect(labels.enrolments).toEqual([
      { person: 'kim', image: 0 },
      { person: 'lee', image: 1 },
    ]);
  });

  it('needs no more than a path and a person', async () => {
    expect(await read('path,person\na.mp4,kim\n')).toMatchObject({
      visits: [{ person: 'kim', startMs: 0, endMs: Infinity }],
      enrolments: [],
    });
  });

  it('enrols from several pictures and recordings, each once', async () => {
    const rows = ['a.mp4,kim,kim.jpg', 'b.mp4,kim,kim.jpg', 'b.mp4,lee,c.mkv', 'a.mp4,lee,c.mkv'];
    const labels = await read(`path,person,enrol\n${rows.join('\n')}\n`);

    expect(labels.enrolments).toEqual([
      { person: 'kim', image: 0 },
      { person: 'lee', recording: { name: 'c.mkv', path: `${folder.path}/c.mkv` } },
    ]);
  });

  it('lets two strangers be there at once, and one person come again', async () => {
    const labels = await read('path,person,start,end\na.mp4,stranger,0,5\na.mp4,stranger,1,6\na.mp4,kim,0,2\na.mp4,kim,2,4\n'); // prettier-ignore

    expect(labels.visits).toHaveLength(4);
  });

  it.each([
    ['no person column', 'path\na.mp4\n', 'evaluate/missing-column', /:1 has no column person/],
    ['no person', 'path,person\na.mp4,\n', 'evaluate/bad-row', /:2: person is empty/],
    [
      'a recording that is not there',
      'path,person\nno.mp4,kim\n',
      'video/missing',
      /:2: there is no video .*no\.mp4/,
    ],
    [
      'a picture that is not there',
      'path,person,enrol\na.mp4,kim,no.jpg\n',
      'evaluate/image-missing',
      /:2: .*no\.jpg/,
    ],
    [
      'an enrolment that is not there',
      'path,person,enrol\na.mp4,kim,no.mp4\n',
      'video/missing',
      /:2: .*no\.mp4/,
    ],
    ['a time that is none', 'path,person,start\na.mp4,kim,soon\n', 'evaluate/bad-row', /:2: start is “soon”/],
    [
      'an end before the start',
      'path,person,start,end\na.mp4,kim,5,5\n',
      'evaluate/bad-row',
      /:2: a visit from 5 to 5/,
    ],
    [
      'a start before the beginning',
      'path,person,start\na.mp4,kim,-1\n',
      'evaluate/bad-row',
      /:2: a visit from -1/,
    ],
    [
      'a stranger who is enrolled',
      'path,person,enrol\na.mp4,stranger,kim.jpg\n',
      'evaluate/bad-row',
      /:2: a stranger/,
    ],
    [
      'a person who comes while there',
      'path,person,start,end\na.mp4,kim,0,5\na.mp4,kim,4,9\n',
      'evaluate/bad-row',
      /:3: kim is there already, by .*:2/,
    ],
    [
      'a recording that enrols and is judged',
      'path,person,enrol\na.mp4,kim,b.mp4\nb.mp4,lee,\n',
      'evaluate/same-image',
      /:2: b\.mp4 enrols kim and is judged/,
    ],
  ])('refuses %s, and says where', async (_, text, code, message) => {
    await expect(read(text)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
