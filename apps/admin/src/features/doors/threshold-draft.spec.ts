import { type DoorRisk, doorRiskSchema, doorSettingsSchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import {
  doubtfulFrom,
  draftOf,
  notesOf,
  outlookOf,
  peoplePer,
  readSimilarity,
  settingsOf,
  stepOf,
} from './threshold-draft';

const settings = (more: object) => doorSettingsSchema.parse(more);
const rate = (value: number) => ({ rate: value, low: value / 2, high: Math.min(1, value * 2) });
const rates = (fpir: number, extrapolated = false) => ({
  fmr: rate(fpir / 10),
  fpir: rate(fpir),
  fnmr: rate(0.03),
  extrapolated,
});
const golden = doorRiskSchema.parse(goldenMessage('doorRisk'));
const risk: DoorRisk = {
  ...golden,
  inForce: { similarityMin: 0.56123, unmet: null, expected: rates(1e-3), reason: 'model-default' },
  modelDefault: { similarityMin: 0.56123, expected: rates(1e-3) },
  risks: [
    { fpirMax: 1e-2, similarityMin: 0.45, unmet: null, expected: rates(1e-2) },
    { fpirMax: 1e-3, similarityMin: 0.55, unmet: null, expected: rates(1e-3) },
    { fpirMax: 1e-4, similarityMin: 0.65, unmet: null, expected: rates(1e-4, true) },
    { fpirMax: 1e-5, similarityMin: 0.7, unmet: 'past-data', expected: rates(5e-5, true) },
  ],
};
const uncalibrated: DoorRisk = {
  ...risk,
  calibration: null,
  risks: risk.risks.map((each) => ({ ...each, unmet: 'not-calibrated', expected: null })),
};

describe('draftOf', () => {
  it.each([
    [{}, { mode: 'default', fpirMax: 1e-4, similarity: '0.561' }],
    [{ fpirMax: 1e-3 }, { mode: 'risk', fpirMax: 1e-3, similarity: '0.561' }],
    [{ similarityMin: 0.62 }, { mode: 'hand', fpirMax: 1e-4, similarity: '0.62' }],
    [
      { similarityMin: 0, fpirMax: 1e-3 },
      { mode: 'hand', fpirMax: 1e-3, similarity: '0' },
    ],
  ])('of %j is %j', (given, draft) => {
    expect(draftOf(settings(given), risk)).toEqual(draft);
  });
});

describe('settingsOf', () => {
  const draft = { fpirMax: 1e-3, similarity: '0,62' };

  it('clears by hand for a risk, and both for the model’s own', () => {
    expect(settingsOf({ ...draft, mode: 'risk' })).toEqual({ similarityMin: null, fpirMax: 1e-3 });
    expect(settingsOf({ ...draft, mode: 'default' })).toEqual({ similarityMin: null, fpirMax: null });
  });

  it('leaves the risk as it is under what is set by hand', () => {
    expect(settingsOf({ ...draft, mode: 'hand' })).toEqual({ similarityMin: 0.62 });
  });

  it('is nothing while what is typed is no similarity', () => {
    expect(settingsOf({ ...draft, mode: 'hand', similarity: '1.2' })).toBeNull();
  });
});

describe('readSimilarity', () => {
  it.each([
    ['0', 0],
    ['1', 1],
    ['.5', 0.5],
    [' 0.62 ', 0.62],
    ['0,62', 0.62],
    ['', null],
    ['1.01', null],
    ['-0.1', null],
    ['1e-3', null],
    ['half', null],
  ])('reads %j as %j', (text, value) => {
    expect(readSimilarity(text)).toBe(value);
  });
});

describe('outlookOf', () => {
  const draft = { fpirMax: 1.2e-3, similarity: '0.62' };

  it('is that of the nearest risk, of the model, or of what was asked', () => {
    expect(outlookOf({ ...draft, mode: 'risk' }, risk, null)).toMatchObject({ similarityMin: 0.55 });
    expect(outlookOf({ ...draft, mode: 'default' }, risk, null)).toMatchObject({ similarityMin: 0.56123 });
    const asked = { similarityMin: 0.62, expected: rates(2e-4) };
    expect(outlookOf({ ...draft, mode: 'hand' }, risk, asked)).toEqual({ ...asked, unmet: null });
  });

  it('is not known by an answer to another question', () => {
    const asked = { similarityMin: 0.6, expected: rates(2e-4) };
    expect(outlookOf({ ...draft, mode: 'hand' }, risk, asked)).toBeNull();
    expect(outlookOf({ ...draft, mode: 'hand' }, risk, null)).toBeNull();
  });
});

describe('stepOf', () => {
  it('is the nearest on a logarithmic scale', () => {
    expect([1e-2, 2.5e-3, 4e-3, 1e-5, 1e-9].map((fpirMax) => stepOf(fpirMax, risk))).toEqual([0, 1, 0, 3, 3]);
  });
});

describe('doubtfulFrom', () => {
  it('is where counting ends', () => {
    expect(doubtfulFrom(risk)).toBe(2);
    expect(doubtfulFrom(uncalibrated)).toBe(0);
    expect(doubtfulFrom({ ...risk, risks: risk.risks.slice(0, 2) })).toBeUndefined();
  });
});

describe('notesOf', () => {
  const notesAt = (step: number, at: DoorRisk = risk) => notesOf(at.risks[step]!, at);
  const ofSite: DoorRisk = { ...risk, calibration: { ...risk.calibration!, origin: 'site' } };

  it('says whose calibration it is until it is the site’s', () => {
    expect(notesAt(1)).toEqual(['other-site']);
    expect(notesAt(1, ofSite)).toEqual([]);
  });

  it('says what is fitted, and what cannot be promised', () => {
    expect(notesAt(2, ofSite)).toEqual(['extrapolated']);
    expect(notesAt(3, ofSite)).toEqual(['past-data', 'extrapolated']);
  });

  it('says that nothing is known, and only once', () => {
    expect(notesAt(1, uncalibrated)).toEqual(['not-calibrated']);
    expect(notesOf({ similarityMin: 0.6, expected: null, unmet: null }, uncalibrated)).toEqual(['unknown']);
  });

  it('says that a door is nearly open', () => {
    expect(notesOf({ similarityMin: 0.2, expected: rates(0.2), unmet: null }, ofSite)).toEqual(['open']);
  });
});

describe('peoplePer', () => {
  it.each([
    [1e-4, 10_000],
    [3.45e-4, 2900],
    [0.4, 2.5],
    [1, 1],
    [0, null],
  ])('of %j is %j', (value, people) => {
    expect(peoplePer(value)).toBe(people);
  });
});
