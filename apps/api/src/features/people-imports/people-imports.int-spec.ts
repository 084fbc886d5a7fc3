import type { ImportFate, PeopleImport, Person } from '@munjigi/contracts';
import { encode } from 'iconv-lite';
import { parse } from 'csv-parse/sync';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { newId } from '../../platform/database/uuid';
import { photograph, plainPicture } from '../../testing/test-pictures';
import { TestServer, type Answer, type Caller } from '../../testing/test-server';
import { until } from '../../testing/until';

const [FACE, SAME_FACE] = ['franck_02045.jpg', 'franck_04117.jpg'].map(photograph) as [Buffer, Buffer];
const OTHER_FACE = photograph('portrait-female-04.jpg');

let server: TestServer;
let siteId: string;
beforeAll(async () => {
  server = await (await TestServer.start({ modelsDirectory: undefined })).signIn();
  const [site] = await server.dataSource.query<[{ id: string }]>('SELECT id FROM site');
  siteId = site.id;
  await server.call('PUT', '/api/custom-fields/locker', { json: { label: 'Locker', type: 'number' } });
  await server.call('POST', '/api/groups', { json: { name: 'Crew' } });
});
afterAll(() => server.close());
beforeEach(() => server.dataSource.query('DELETE FROM person'));

type Files = Record<string, Buffer | string>;

function upload(files: Files, by: Pick<Caller, 'call'> = server): Promise<Answer> {
  const form = new FormData();
  for (const [name, bytes] of Object.entries(files)) {
    form.append('files', new Blob([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)]), name);
  }
  return by.call('POST', '/api/people-imports', { form });
}

async function zip(files: Files): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, bytes] of Object.entries(files)) archive.addBuffer(Buffer.from(bytes as Buffer), name);
  archive.end();
  return buffer(archive.outputStream);
}

async function uploaded(files: Files): Promise<PeopleImport> {
  const answer = await upload(files);
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  return answer.body as PeopleImport;
}

const MAPPING = { name: 'Name', employeeNumber: 'No' };
const path = ({ id }: Pick<PeopleImport, 'id'>) => `/api/people-imports/${id}`;
const check = (of: PeopleImport, plan: object = {}, by: Pick<Caller, 'call'> = server) =>
  by.call('POST', `${path(of)}/check`, { json: { mapping: MAPPING, ...plan } });
const start = (of: PeopleImport, plan: object = {}, by: Pick<Caller, 'call'> = server) =>
  by.call('POST', `${path(of)}/start`, { json: { mapping: MAPPING, ...plan } });

async function finished(of: PeopleImport): Promise<PeopleImport> {
  let found = of;
  await until('the import to end', async () => {
    found = (await server.call('GET', path(of))).body as PeopleImport;
    return found.state !== 'running';
  });
  expect(found.state).toBe('done');
  return found;
}

async function imported(files: Files, plan: object = {}): Promise<ImportFate[]> {
  const of = await uploaded(files);
  expect(await start(of, plan)).toMatchObject({ status: 202, body: { importId: of.id } });
  await finished(of);
  return report(of);
}

async function report(of: PeopleImport): Promise<ImportFate[]> {
  const answer = await server.call('GET', `${path(of)}/report`);
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  return parse((answer.body as Buffer).toString(), {
    columns: true,
    bom: true,
    cast: (v) => (v === '' ? null : v),
  });
}

const people = async (): Promise<Person[]> =>
  (await server.call('GET', '/api/people?sort=employeeNumber')).body.items as Person[];

describe('an upload', () => {
  it('of a table and photos is described, and nothing is imported', async () => {
    const found = await uploaded({ 'list.csv': '이름,사번\n김민지,17\n', '17.jpg': FACE, 'note.pdf': 'x' });
    expect(found).toMatchObject({
      state: 'uploaded',
      photos: 1,
      jobId: null,
      fates: {},
      table: {
        encoding: 'utf-8',
        separator: ',',
        columns: ['이름', '사번'],
        rows: 1,
        sample: [['김민지', '17']],
        suggested: { name: '이름', employeeNumber: '사번', customFields: {} },
      },
    });
    expect((await server.call('GET', path(found))).body).toEqual(found);
    expect(await people()).toEqual([]);
  });

  it('of an archive is described, whatever its names are written in', async () => {
    const archive = await zip({
      'people/목록.csv': encode('이름;사번\r\n김;1\r\n', 'cp949'),
      'people/1.JPG': FACE,
      '__MACOSX/._1.jpg': 'x',
      '.hidden.csv': 'x',
    });
    expect(await uploaded({ 'upload.zip': archive })).toMatchObject({
      photos: 1,
      table: { encoding: 'cp949', separator: ';', columns: ['이름', '사번'] },
    });
  });

  it('is kept sealed', async () => {
    await uploaded({ 'list.csv': 'Name,No\nSecret Name In Clear,1\n', '1.jpg': FACE });
    const rows = await server.dataSource.query<{ sealed: Buffer }[]>(
      'SELECT sealed FROM people_import_chunk',
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { sealed } of rows) {
      expect(sealed.includes('Secret Name')).toBe(false);
      expect(sealed.includes(FACE.subarray(0, 16))).toBe(false);
    }
  });

  const TABLE = 'Name,No\nA,1\n';
  it.each<[string, () => Promise<Files> | Files, number, string]>([
    ['without a table', () => ({ '1.jpg': FACE }), 422, 'imports/no-table'],
    ['with two tables', () => ({ 'a.csv': TABLE, 'b.csv': TABLE }), 422, 'imports/several-tables'],
    ['of an empty table', () => ({ 'a.csv': '' }), 422, 'imports/unreadable-table'],
    ['of a table that is none', () => ({ 'a.csv': FACE }), 422, 'imports/unreadable-text'],
    [
      'of a broken archive',
      async () => ({ 'a.zip': (await zip({ 'a.csv': TABLE })).subarray(0, 60) }),
      422,
      'imports/unreadable-archive',
    ],
    [
      'of an archive that claims less than it holds',
      async () => ({ 'a.zip': await lyingArchive() }),
      422,
      'imports/unreadable-archive',
    ],
    [
      'of an archive with a huge table',
      async () => ({ 'a.zip': await zip({ 'a.csv': Buffer.alloc(51 * 1024 * 1024, 'a,b\n') }) }),
      413,
      'imports/file-too-large',
    ],
  ])('%s is refused, and nothing of it is kept', async (_, make, status, code) => {
    await server.dataSource.query('DELETE FROM people_import');
    const answer = await upload(await make());
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(await server.dataSource.query('SELECT FROM people_import')).toEqual([]);
    expect(await server.dataSource.query('SELECT FROM people_import_chunk')).toEqual([]);
  });

  it('that is not there is missed', async () => {
    for (const options of [{ json: {} }, { form: new FormData() }, {}]) {
      expect(await server.call('POST', '/api/people-imports', options)).toMatchObject({
        status: 400,
        body: { code: 'imports/missing-file' },
      });
    }
  });

  it('with names that lead elsewhere in an archive is only looked up by them', async () => {
    const archive = await zip({
      'list.csv': 'Name,Photo\nA,../../etc/passwd.jpg\n',
      'x__/__/etc/1.jpg': FACE,
    });
    const evil = Buffer.from(
      archive.toString('latin1').replaceAll('x__/__/etc/1.jpg', '../../etc/pw.jpg'),
      'latin1',
    );
    const found = await uploaded({ 'a.zip': evil });
    expect((await check(found, { mapping: { name: 'Name', photos: 'Photo' } })).body.problems).toEqual([
      { row: 1, field: 'photos', message: 'there is no photo “../../etc/passwd.jpg” in the upload' },
    ]);
  });

  it('is its maker’s, and deleted by them', async () => {
    const found = await uploaded({ 'a.csv': TABLE });
    const registrar = await server.as('registrar');
    const answers = [
      await registrar.call('GET', path(found)),
      await check(found, {}, registrar),
      await start(found, {}, registrar),
      await registrar.call('GET', `${path(found)}/report`),
      await registrar.call('DELETE', path(found)),
      await server.call('GET', path({ id: newId() as PeopleImport['id'] })),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 404, body: { code: 'imports/not-found' } });
    expect(await server.call('DELETE', path(found))).toMatchObject({ status: 204 });
    expect(await server.call('GET', path(found))).toMatchObject({ status: 404 });
  });
});

describe('a check', () => {
  it('tells what would become of the rows, and what is wrong with which', async () => {
    await server.call('POST', '/api/people', { json: { name: 'There', employeeNumber: '3' } });
    const found = await uploaded({
      'list.csv':
        'Name,No,Mail,Photo,Locker\nA,1,a@b.example,1.jpg,7\n,2,,,\nC,3,,gone.jpg,\nD,1,,,x\nE,1,,,\n',
      '1.jpg': FACE,
      'unused.jpg': FACE,
    });
    const mapping = { ...MAPPING, email: 'Mail', photos: 'Photo', customFields: { locker: 'Locker' } };
    const answer = await check(found, { mapping });
    expect(answer.body).toMatchObject({
      rows: 5,
      wouldCreate: 1,
      wouldUpdate: 2,
      wouldSkip: 0,
      wouldRefuse: 2,
      unusedPhotos: 1,
    });
    expect(
      answer.body.problems.map(({ row, field }: { row: number; field: string }) => [row, field]),
    ).toEqual([
      [2, 'name'],
      [3, 'photos'],
      [4, 'customFields.locker'],
      [5, 'employeeNumber'],
    ]);
    expect((await check(found, { mapping, existing: 'skip' })).body).toMatchObject({ wouldSkip: 2 });
    expect(await people()).toHaveLength(1);
  });

  it('refuses a plan that does not fit', async () => {
    const found = await uploaded({ 'list.csv': 'Name,No\nA,1\n' });
    for (const mapping of [{ name: 'Nome' }, { name: 'Name', customFields: { unknown: 'No' } }]) {
      expect(await check(found, { mapping })).toMatchObject({
        status: 400,
        body: { code: 'imports/bad-mapping' },
      });
      expect(await start(found, { mapping })).toMatchObject({ status: 400 });
    }
    expect(await check(found, { mapping: {} })).toMatchObject({
      status: 400,
      body: { code: 'request/invalid' },
    });
    expect(await check(found, { encoding: 'utf-16le' })).toMatchObject({ status: 400 });
  });
});

describe('an import', () => {
  it('makes people with their photos, and says what became of each row', async () => {
    const fates = await imported(
      {
        'upload.zip': await zip({
          'list.csv': 'Name,No,Groups\nFranck,17,Crew\nEun,18,\nNo Face,19,\n,20,\nNo Photo,,\nTwin,21,\n',
          '17.jpg': FACE,
          '17_2.jpg': SAME_FACE,
          '18.jpg': OTHER_FACE,
          '19.png': await plainPicture(400, 400),
          '21.jpg': FACE,
        }),
      },
      { mapping: { ...MAPPING, groups: 'Groups' } },
    );
    expect(fates.map(({ row, fate, templates, code }) => [row, fate, templates, code])).toEqual([
      ['1', 'created', '2', null],
      ['2', 'created', '1', null],
      ['3', 'created', '0', 'enrolment/no-face'],
      ['4', 'refused', '0', 'imports/bad-row'],
      ['5', 'created', '0', null],
      ['6', 'created', '0', 'enrolment/duplicate'],
    ]);
    expect(JSON.stringify(fates)).not.toContain('Franck');
    const [noNumber, franck] = await people();
    expect(noNumber).toMatchObject({ name: 'No Photo', employeeNumber: null });
    expect(franck).toMatchObject({
      name: 'Franck',
      groups: [{ name: 'Crew' }],
      templates: [{ origin: 'import' }, { origin: 'import' }],
    });
    expect(franck?.id).toBe(fates[0]?.personId);
  });

  it('is started once, keeps nothing of what was uploaded, and is accounted for', async () => {
    const of = await uploaded({ 'list.csv': 'Name,No\nA,1\n' });
    const answers = await Promise.all([start(of), start(of)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
    const { jobId } = await finished(of);
    expect(
      await server.dataSource.query('SELECT FROM people_import_chunk WHERE import_id = $1', [of.id]),
    ).toEqual([]);
    expect(await check(of)).toMatchObject({ status: 409, body: { code: 'imports/content-gone' } });
    expect((await server.call('GET', `/api/jobs/${jobId}`)).body).toMatchObject({
      state: 'done',
      progress: { done: 1, total: 1 },
      result: { rows: 1, fates: { created: 1 } },
    });
    const rows = await server.dataSource.query<{ action: string; actor_id: string }[]>(
      'SELECT action, actor_id FROM audit_entry WHERE subject_id = $1 ORDER BY id',
      [of.id],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'import/uploaded',
      'import/started',
      'import/finished',
    ]);
    expect(new Set(rows.map(({ actor_id }) => actor_id)).size).toBe(1);
  });

  it('of people who are there already updates, skips or refuses them', async () => {
    const table = { 'list.csv': 'Name,No\nNew Name,1\n' };
    const fateOf = async (existing: string) => (await imported(table, { existing }))[0]?.fate;
    await server.call('POST', '/api/people', { json: { name: 'Old Name', employeeNumber: '1', phone: '5' } });
    expect(await fateOf('skip')).toBe('skipped');
    expect(await fateOf('refuse')).toBe('refused');
    expect((await people())[0]?.name).toBe('Old Name');
    expect(await fateOf('update')).toBe('updated');
    expect((await people())[0]).toMatchObject({ name: 'New Name', phone: '5', version: 2 });
    expect(await fateOf('update')).toBe('unchanged');
  });

  it('gives who has a template no more of them, unless that is asked for', async () => {
    const files = { 'list.csv': 'Name,No\nFranck,1\n', '1.jpg': FACE };
    const templates = async (plan: object) => {
      await imported(files, plan);
      return (await people())[0]?.templates.length;
    };
    expect(await templates({})).toBe(1);
    expect(await templates({})).toBe(1);
    expect(await templates({ morePhotos: true })).toBe(2);
  });

  it('is of one site, and reaches nobody of another', async () => {
    const otherSiteId = newId();
    await server.dataSource.query(`INSERT INTO site (id, name, created_at) VALUES ($1, 'Other', now())`, [
      otherSiteId,
    ]);
    await server.call('POST', '/api/people', {
      json: { name: 'Theirs', employeeNumber: '1', siteId: otherSiteId },
    });
    const registrar = await server.as('registrar', siteId);
    const of = (await upload({ 'list.csv': 'Name,No\nMine,1\nOwn,2\n' }, registrar)).body as PeopleImport;
    for (const elsewhere of [null, otherSiteId]) {
      expect(await start(of, { siteId: elsewhere }, registrar)).toMatchObject({ status: 403 });
    }
    await start(of, { siteId }, registrar);
    await until(
      'the import to end',
      async () => (await registrar.call('GET', path(of))).body.state === 'done',
    );
    expect((await registrar.call('GET', path(of))).body.fates).toEqual({ created: 1, refused: 1 });
    expect((await people()).map(({ name, siteId: at }) => [name, at])).toEqual([
      ['Theirs', otherSiteId],
      ['Own', siteId],
    ]);
  });

  it('is not for an operator', async () => {
    const operator = await server.as('operator');
    expect(await upload({ 'a.csv': 'Name\nA\n' }, operator)).toMatchObject({ status: 403 });
  });
});

/** An archive whose list says that the table is smaller than it is: unpacking must stop. */
async function lyingArchive(): Promise<Buffer> {
  const archive = await zip({ 'a.csv': Buffer.alloc(1_000_000, 'Name\n') });
  const entry = archive.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
  archive.writeUInt32LE(100, entry + 24);
  return archive;
}
