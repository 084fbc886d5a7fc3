import { readFile } from 'node:fs/promises';

import { renderTable } from '../evaluate/report/table';
import { temporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { mediaPath } from '../testing/media';
import { parseCalibration } from './calibration';
import { parseOptions } from './options';
import { riskTable } from './risk-table';
import { runCalibrate } from './run-calibrate';
import { drawn, normalScores, seeded } from './testing/made-scores';

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder.remove());

/** Runs a command line; writes into the test's own folder. */
async function run(...args: string[]) {
  const silent = { update: () => undefined, end: () => undefined };
  const own = ['--cache', `${folder.path}/cache`, '--out', `${folder.path}/out.json`];
  return runCalibrate(parseOptions([...args, ...own]), () => silent);
}

async function doorScores(): Promise<string> {
  const random = seeded(5);
  const genuine = drawn(normalScores(0.7, 0.08), 300, random).map((score) => Math.min(1, score));
  const impostor = drawn(normalScores(0.1, 0.1), 10_000, random);
  const rows = [...genuine].map((score) => `genuine,${score}`).concat([...impostor].map((score) => `impostor,${score}`)); // prettier-ignore
  return folder.write('front door.csv', `kind,similarity\n${rows.join('\n')}\n`);
}

describe('npm run calibrate', () => {
  it('calibrates from the scores of doors, without a picture', async () => {
    const { made } = await run('--scores', await doorScores(), '--model', 'mobilefacenet-192');

    const written: unknown = JSON.parse(await readFile(`${folder.path}/out.json`, 'utf8'));
    expect(made).toEqual([{ calibration: parseCalibration(written, 'it'), path: `${folder.path}/out.json` }]);
    expect(written).toMatchObject({
      modelId: 'mobilefacenet-192',
      source: { kind: 'site', name: 'front door.csv', genuine: 300, impostor: 10_000 },
    });
  });

  it('shows what it means at a door: counted, extrapolated, or past what can be said', async () => {
    const { made } = await run('--scores', await doorScores());
    const text = made.map(({ calibration }) => renderTable(riskTable(calibration))).join();

    // The 99 % point of the impostors is 0.1 + 2.326 x 0.1, and 10,000 draws know it to 0.004.
    expect(text).toMatch(/1 template, 1 stranger in 100 +1\.0e-2 +0\.3[23]\d +0\.00 % +\[0\.00, 1\.26\]\n/);
    expect(text).toMatch(/100 templates, 1 stranger in 1,000 .* extrapolated\n/);
    expect(text).toMatch(/50,000 templates, 1 stranger in 10,000 .* past what the data can say$/);
  });

  it('compares every picture of people with every other, once there are enough', async () => {
    const rows = [
      ...['franck_01829.jpg', 'franck_02045.jpg'].map((file) => `${mediaPath(file)},man`),
      ...['portrait-male-01.jpg', 'portrait-male-08.jpg'].map((file) => `${mediaPath(file)},${file}`),
    ];
    const people = await folder.write('people.csv', `path,person\n${rows.join('\n')}\n`);

    // Four pictures make six comparisons.
    await expect(run('--people', people)).rejects.toMatchObject({
      code: 'calibration/too-few-scores',
      message: expect.stringContaining('5 scores of two people and 1 of one'),
    });
  });

  it('compares the pairs alone where folders do not tell people apart', async () => {
    const [man, again, other] = ['franck_01829.jpg', 'franck_02045.jpg', 'portrait-male-01.jpg'].map(mediaPath); // prettier-ignore
    const rows = [`0,${man},${again},1`, `0,${man},${other},0`];
    const pairs = await folder.write('pairs.csv', `fold,path_a,path_b,same\n${rows.join('\n')}\n`);

    await expect(run('--pairs', pairs)).rejects.toMatchObject({
      code: 'calibration/too-few-scores',
      message: expect.stringContaining('1 scores of two people and 1 of one'),
    });
  });

  it.each([
    [[], /One of --pairs, --people and --scores/],
    [['--scores', 'a', '--pairs', 'b'], /One of --pairs/],
    [['--scores', 'a', '--model', 'b', '--model', 'c'], /for one --model/],
    [['--pairs', 'a', '--format', 'xml'], /--format is one of csv/],
    [['--pairs', 'a', '--face-min-px', '0'], /no size/],
    [['--verbose'], /--verbose/],
  ])('refuses %j and says why', (args, message) => {
    expect(() => parseOptions(args)).toThrow(
      expect.objectContaining({ code: 'calibration/usage', message: expect.stringMatching(message) }),
    );
  });
});
