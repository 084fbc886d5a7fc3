import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { doorRiskSchema, doorWithTokenSchema, type DoorRisk } from '@munjigi/contracts';
import { CASE_CALIBRATION } from '@munjigi/contracts/testing';
import { calibratedModel, calibrationPath } from '@munjigi/face-core';
import { newId } from '../../platform/database/uuid';
import { TestServer } from '../../testing/test-server';
import { Person } from '../people/person.entity';
import { TemplateVault } from '../people/template-vault';

const MODEL = 'mobilefacenet-192';

let server: TestServer;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'munjigi-api-models-'));
  server = await (await TestServer.start({ modelsDirectory: directory })).signIn();
  await enrol({ [MODEL]: 2, 'faceplugin-512': 1 });
});
afterAll(async () => {
  await server.close();
  await rm(directory, { recursive: true, force: true });
});

/** Makes a person with so many templates of each model. */
async function enrol(templates: Record<string, number>): Promise<void> {
  const vault = server.running.app.get(TemplateVault);
  const [id, now] = [newId(), new Date()];
  await server.dataSource.transaction(async (manager) => {
    await manager.insert(Person, { id, name: 'Kim', createdAt: now, updatedAt: now });
    // A door holds those who have a way through it: here by the group that everybody is in.
    await manager.query(
      `INSERT INTO access_group_member (person_id, group_id) SELECT $1, id FROM access_rule WHERE kind = 'group'`,
      [id],
    );
    for (const [modelId, count] of Object.entries(templates)) {
      for (let made = 0; made < count; made += 1) {
        await vault.add(manager, { personId: id, modelId, origin: 'photo', embedding: new Float32Array(4) });
      }
    }
  });
}

async function calibrate(content: object | null): Promise<void> {
  const path = calibrationPath(MODEL, { directory });
  await mkdir(dirname(path), { recursive: true });
  if (content) await writeFile(path, JSON.stringify(content));
  else await rm(path, { force: true });
}

async function siteCalibration() {
  return { ...CASE_CALIBRATION, modelSha256: (await calibratedModel(MODEL)).modelSha256 };
}

async function doorWith(settings: object): Promise<string> {
  const answer = await server.call('POST', '/api/doors', { json: { name: 'Front', settings } });
  return `/api/doors/${doorWithTokenSchema.parse(answer.body).door.id}`;
}

const riskOf = async (door: string, query = ''): Promise<DoorRisk> =>
  doorRiskSchema.parse((await server.call('GET', `${door}/risk${query}`)).body);

describe('the risk of a door', () => {
  it('is the model’s default until something is set, known from what came with the product', async () => {
    await calibrate(null);
    const risk = await riskOf(await doorWith({}));
    expect(risk).toMatchObject({
      modelId: MODEL,
      gallerySize: 2,
      inForce: { similarityMin: 0.6, reason: 'model-default', unmet: null },
      modelDefault: { similarityMin: 0.6 },
      calibration: { origin: 'default', name: expect.stringContaining('LFW') },
      asked: null,
    });
    expect(risk.inForce.expected).toEqual(risk.modelDefault.expected);
  });

  it('gives the rates that the calibration and the gallery make of it', async () => {
    await calibrate(await siteCalibration());
    // Of two templates: an FMR of 1e-4, which is at 0.4.
    const door = await doorWith({ fpirMax: -Math.expm1(2 * Math.log1p(-1e-4)) });
    const { inForce, calibration } = await riskOf(door);
    expect(calibration).toEqual({
      ...{ origin: 'site', name: 'made for tests', impostor: 300_000, genuine: 1000 },
      madeAt: '2026-10-01T09:30:00.000Z',
    });
    expect(inForce).toEqual({
      similarityMin: expect.closeTo(0.4, 9),
      reason: 'risk',
      unmet: null,
      expected: {
        fmr: {
          rate: expect.closeTo(1e-4, 12),
          low: expect.closeTo(5e-5, 12),
          high: expect.closeTo(2e-4, 12),
        },
        fpir: { rate: expect.closeTo(2e-4, 7), low: expect.closeTo(1e-4, 7), high: expect.closeTo(4e-4, 7) },
        fnmr: { rate: expect.closeTo(0.04, 9), low: expect.closeTo(0.02, 9), high: expect.closeTo(0.08, 9) },
        extrapolated: false,
      },
    });
  });

  it('answers for a scale of risks, and for the one that is set, from the largest to the smallest', async () => {
    await calibrate(await siteCalibration());
    const { risks } = await riskOf(await doorWith({ fpirMax: 3e-4 }));
    expect(risks).toHaveLength(14);
    expect([risks[0]!.fpirMax, risks.at(-1)!.fpirMax]).toEqual([0.01, 1e-6]);
    expect(risks.map(({ fpirMax }) => fpirMax)).toContain(3e-4);
    for (const [at, risk] of risks.entries()) {
      if (risk.unmet === null) expect(risk.expected!.fpir.rate).toBeLessThanOrEqual(risk.fpirMax * 1.000001);
      if (at > 0) expect(risk.similarityMin).toBeGreaterThanOrEqual(risks[at - 1]!.similarityMin);
      if (at > 0) expect(risk.fpirMax).toBeLessThan(risks[at - 1]!.fpirMax);
    }
    // Of two templates the calibration reaches an FPIR of 2e-6, by a fitted tail from 2e-5 on.
    const known = risks.map(({ fpirMax, unmet, expected }) => [fpirMax, unmet, expected!.extrapolated]);
    expect(known).toEqual(
      expect.arrayContaining([
        [5e-5, null, false],
        [5e-6, null, true],
        [1e-6, 'past-data', true],
      ]),
    );
  });

  it('is what is set by hand where both are set, and says so', async () => {
    await calibrate(await siteCalibration());
    const door = await doorWith({ fpirMax: 1e-4, similarityMin: 0.3 });
    expect((await riskOf(door)).inForce).toMatchObject({
      similarityMin: 0.3,
      reason: 'by-hand',
      unmet: null,
    });
    const cleared = await server.call('PATCH', door, { json: { settings: { similarityMin: null } } });
    expect(cleared.body.settings).toMatchObject({ similarityMin: null, fpirMax: 1e-4 });
    expect((await riskOf(door)).inForce).toMatchObject({ reason: 'risk' });
  });

  it('says when a risk is more than anybody can promise', async () => {
    await calibrate(await siteCalibration());
    expect((await riskOf(await doorWith({ fpirMax: 1e-8 }))).inForce).toMatchObject({
      similarityMin: 0.6,
      reason: 'risk',
      unmet: 'past-data',
    });
  });

  it('knows no rates from a calibration of other weights, as a door does', async () => {
    await calibrate({ ...CASE_CALIBRATION, modelSha256: 'b'.repeat(64) });
    const risk = await riskOf(await doorWith({ fpirMax: 1e-3 }), '?similarityMin=0.5');
    expect(risk).toMatchObject({
      calibration: null,
      inForce: { similarityMin: 0.6, reason: 'model-default', unmet: 'not-calibrated', expected: null },
      asked: { similarityMin: 0.5, expected: null },
    });
    expect(server.logLines.join('')).toContain('calibration/other-model');
  });

  it('can be asked of any threshold', async () => {
    await calibrate(await siteCalibration());
    const { asked } = await riskOf(await doorWith({}), '?similarityMin=0.2');
    expect(asked).toMatchObject({ similarityMin: 0.2, expected: { fmr: { rate: expect.closeTo(0.01, 9) } } });
    for (const wrong of ['1.1', '-0.1', 'high']) {
      const answer = await server.call('GET', `${await doorWith({})}/risk?similarityMin=${wrong}`);
      expect(answer).toMatchObject({ status: 400, body: { code: 'request/invalid' } });
    }
  });

  it.each([0, -1e-3, 0.11, '0.001'])('cannot be set to %j', async (fpirMax) => {
    const answer = await server.call('PATCH', await doorWith({}), { json: { settings: { fpirMax } } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'request/invalid' } });
  });

  it('of a door that does not exist is not found', async () => {
    expect(await server.call('GET', `/api/doors/${newId()}/risk`)).toMatchObject({
      status: 404,
      body: { code: 'doors/not-found' },
    });
  });
});
