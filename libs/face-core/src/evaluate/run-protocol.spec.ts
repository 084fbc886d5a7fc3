import { z } from 'zod';

import { goldenPhotos } from '../testing/golden';
import { mediaPath } from '../testing/media';
import { parseOptions } from './options';
import { reportHtml } from './report/html';
import { reportJson } from './report/report';
import { renderTable } from './report/table';
import { runProtocol } from './run-protocol';
import { temporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';

const MAN = ['franck_01829.jpg', 'franck_02045.jpg', 'franck_02683.jpg'].map(mediaPath);
const OTHERS = ['portrait-male-01.jpg', 'portrait-male-08.jpg', 'portrait-female-01.jpg'].map(mediaPath);

let folder: TemporaryFolder;

beforeAll(async () => {
  folder = await temporaryFolder();
});

afterAll(() => folder.remove());

/** Runs a command line; embeddings are kept between the tests. */
async function run(...args: string[]) {
  const silent = { update: () => undefined, end: () => undefined };
  return runProtocol(parseOptions([...args, '--cache', `${folder.path}/cache`]), () => silent);
}

describe('npm run evaluate', () => {
  it('measures pairs of two models and reports them as text, JSON and HTML', async () => {
    const rows = MAN.flatMap((one, at) => [
      `${at},${one},${MAN[(at + 1) % 3]},1`,
      `${at},${one},${OTHERS[at]},0`,
    ]);
    const pairs = await folder.write('pairs & <b>.csv', `fold,path_a,path_b,same\n${rows.join('\n')}\n`);
    const report = await run(
      'pairs',
      '--pairs',
      pairs,
      '--model',
      'mobilefacenet-192',
      '--model',
      'faceplugin-512',
    );

    expect(JSON.parse(reportJson(report))).toMatchObject(
      ['mobilefacenet-192', 'faceplugin-512'].map((model) => ({
        protocol: 'pairs',
        data: 'pairs & <b>.csv',
        model,
        counts: { genuine: 3, impostor: 3, failedToAcquire: 0 },
        accuracy: { mean: 1, standardError: 0 },
        eer: 0,
        tarAtFar: { '1e-3': { notEnoughPairs: true, impostorNeeded: 3000 } },
      })),
    );
    expect(report.tables.map(renderTable).join()).toMatch(/accuracy \(± standard error\) +100\.00 % ± 0\.00/);
    const html = await reportHtml(report);
    expect(html).toContain('<svg');
    expect(html).toContain('(ROC)');
    expect(html).toContain('<h1>pairs: pairs &amp; &lt;b&gt;.csv</h1>');
    expect(html.match(/<img src="data:image\/jpeg;base64,/g)).toHaveLength(2 * 2 * 6);
    expect(html).not.toMatch(/(src|href)="(?!data:)/);
  });

  it('runs the certification test', async () => {
    const rows = [
      `${MAN[0]},man,registration,normal`,
      `${OTHERS[0]},other,registration,normal`,
      `${MAN[1]},man,lighting,left`,
    ];
    const manifest = await folder.write('kisa.csv', `path,person,category,condition\n${rows.join('\n')}\n`);
    const report = await run('kisa', '--manifest', manifest);

    expect(JSON.parse(reportJson(report))).toMatchObject({
      protocol: 'kisa',
      counts: { genuine: 1, impostor: 1, failedToEnrol: 0, failedToAcquire: 0 },
      categories: { lighting: { eer: 0, limit: 0.01, pass: true } },
    });
  });

  it('searches a gallery', async () => {
    const gallery = await folder.write('gallery.csv', `path,person\n${MAN[0]},man\n${OTHERS[0]},other\n`);
    const probes = await folder.write('probes.csv', `path,person\n${MAN[1]},man\n${OTHERS[2]},stranger\n`);
    const report = await run('identify', '--gallery', gallery, '--probes', probes);

    expect(report.results).toMatchObject([
      { protocol: 'identify', bySize: [{ people: 2, rankOne: 1, atModelThreshold: { fpir: 0, fnir: 0 } }] },
    ]);
  });

  it('finds marked faces where they are marked', async () => {
    const marked = goldenPhotos()
      .photos.filter(({ faces }) => faces.length === 1)
      .slice(0, 2);
    const rows = marked.map(({ file, faces: [face] }) => {
      const [x = 0, y = 0, width = 0, height = 0] = face?.box ?? [];
      return [mediaPath(file), x, y, x + width, y + height, ...(face?.landmarks.flat() ?? [])].join();
    });
    const points = ['leye', 'reye', 'nose', 'lmouth', 'rmouth'].flatMap((point) => [
      `${point}_x`,
      `${point}_y`,
    ]);
    const head = ['path', 'lm_x0', 'lm_y0', 'lm_x1', 'lm_y1', ...points].join();
    const labels = await folder.write('detect.csv', `${head}\n${rows.join('\n')}\n`);
    const report = await run('detect', '--labels', labels);

    const found = z
      .object({ recall: z.number(), landmarkError: z.object({ median: z.number() }) })
      .parse(report.results[0]);
    expect(found.recall).toBe(1);
    expect(found.landmarkError.median).toBeLessThan(0.05);
  });

  it('judges the product’s liveness network unless told otherwise', async () => {
    const rows = [`${MAN[0]},real,c1`, `${OTHERS[0]},attack,c1`];
    const labels = await folder.write('pad.csv', `path,label,client\n${rows.join('\n')}\n`);

    const report = await run('pad', '--labels', labels, '--threshold', '0');
    expect(report.results).toMatchObject([
      { model: 'fr-liveness', perFrame: { apcer: 1, bpcer: 0, acer: 0.5 } },
    ]);
    await expect(run('pad', '--labels', labels, '--model', 'nobody')).rejects.toMatchObject({
      code: 'models/unknown',
      message: expect.stringContaining('fr-liveness'),
    });
  });

  it.each([
    [['pairs'], /--images is needed/],
    [['kisa'], /--manifest is needed/],
    [['pairs', '--format', 'xml'], /--format is one of csv/],
    [['kisa', '--threshold', 'high'], /no number/],
    [['nonsense'], /no protocol “nonsense”/],
    [['pairs', 'kisa'], /One protocol at a time/],
    [['pairs', '--unknown'], /--unknown/],
  ])('refuses %j and says why', async (args, message) => {
    await expect((async () => run(...args))()).rejects.toMatchObject({
      code: 'evaluate/usage',
      message: expect.stringMatching(message),
    });
  });

  it('says which models there are', async () => {
    await expect(run('pairs', '--images', folder.path, '--format', 'people')).rejects.toMatchObject({
      code: 'evaluate/empty-input',
    });
    const pairs = await folder.write('one.csv', `fold,path_a,path_b,same\n0,${MAN[0]},${MAN[1]},1\n`);
    await expect(run('pairs', '--pairs', pairs, '--model', 'nobody')).rejects.toMatchObject({
      code: 'models/unknown',
      message: expect.stringContaining('mobilefacenet-192'),
    });
  });
});
