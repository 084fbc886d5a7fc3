import { identifyTables } from '../report/identify-tables';
import { wilsonInterval } from '../statistics/interval';
import { CIRCLE_MODEL, namedImages, outcomeAt } from '../testing/made-outcomes';
import { evaluateAllPairs } from './all-pairs';
import { evaluateIdentify } from './identify';
import { evaluateKisa } from './kisa';
import { WorstMistakes } from './mistakes';
import { evaluatePairs } from './pairs';

const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);

describe('evaluatePairs', () => {
  const pair = (a: number, b: number, same: boolean, fold: number, sex?: string) => ({
    a,
    b,
    same,
    fold,
    groups: sex ? { sex } : ({} as Record<string, string>),
  });
  // 0 and 1: one person, 10 degrees apart; 2 and 3 another; 4 has no face.
  const outcomes = [0, 10, 90, 110, undefined].map(outcomeAt);
  const images = namedImages(5);

  it('counts pairs that could not be made, and as rejections besides', () => {
    const pairs = [
      pair(0, 1, true, 0),
      pair(0, 2, false, 0),
      pair(2, 4, true, 0),
      pair(2, 3, true, 1),
      pair(1, 3, false, 1),
      pair(0, 4, false, 1),
    ];
    const { result } = evaluatePairs('made', { images, pairs, aligned: false }, CIRCLE_MODEL, outcomes);

    expect(result.counts).toEqual({
      images: 5,
      genuine: 2,
      impostor: 2,
      failedToAcquire: 1,
      noFace: 1,
      unreadable: 0,
      genuineNotMade: 1,
      impostorNotMade: 1,
    });
    expect(result.accuracy).toMatchObject({ mean: 1, foldsFrom: 'data' });
    // Fold 0 has one wrong of three: the genuine pair that was not made.
    expect(result.accuracyWithFailures?.mean).toBeCloseTo((2 / 3 + 1) / 2, 12);
    expect(result.eer).toBe(0);
    expect(result.eerWithFailures).toBeGreaterThan(0);
    expect(result.atModelThreshold).toMatchObject({ threshold: 0.5, fmr: 0, fnmr: 0 });
  });

  it('cuts ten folds, runs of pairs, where the data have one', () => {
    const pairs = Array.from({ length: 40 }, (_, at) => pair(0, at % 2 ? 2 : 1, at % 2 === 0, 0));
    const { result } = evaluatePairs('made', { images, pairs, aligned: false }, CIRCLE_MODEL, outcomes);

    expect(result.accuracy).toMatchObject({ mean: 1, foldsFrom: 'made' });
    expect(result.accuracy?.folds).toHaveLength(10);
  });

  it('shows the worst mistakes first', () => {
    const pairs = [pair(0, 1, false, 0), pair(0, 2, false, 1), pair(0, 3, true, 0), pair(2, 3, true, 1)];
    const { mistakes } = evaluatePairs('made', { images, pairs, aligned: false }, CIRCLE_MODEL, outcomes);

    expect(mistakes.map(({ kind, a, b }) => [kind, a, b])).toEqual([
      ['false-match', 0, 1],
      ['false-match', 0, 2],
      ['false-non-match', 0, 3],
      ['false-non-match', 2, 3],
    ]);
  });

  it('gives every figure by group and names the largest gap', () => {
    const pairs = [
      pair(0, 1, true, 0, 'f'),
      pair(0, 2, false, 0, 'f'),
      pair(0, 3, true, 1, 'm'),
      pair(0, 2, false, 1, 'm'),
    ];
    const { result } = evaluatePairs('made', { images, pairs, aligned: false }, CIRCLE_MODEL, outcomes);

    expect(result.groups?.sex).toMatchObject({ f: { genuine: 1, fnmr: 0, eer: 0 }, m: { fnmr: 1, eer: 1 } });
    expect(result.largestGap).toMatchObject({ column: 'sex', highest: { group: 'm' }, difference: 1 });
  });
});

describe('evaluateAllPairs', () => {
  it('compares every picture with every other once', () => {
    const members = ['a', 'a', 'b', 'b', 'b'].map((person, image) => ({ image, person }));
    const outcomes = [0, 10, 90, 110, undefined].map(outcomeAt);
    const { result, scores } = evaluateAllPairs(
      'made',
      { images: namedImages(5), members },
      CIRCLE_MODEL,
      outcomes,
    );

    expect([...scores.genuine]).toEqual([expect.closeTo(cosine(20), 5), expect.closeTo(cosine(10), 5)]);
    const impostor = [110, 100, 90, 80].map(cosine);
    expect(scores.impostor).toHaveLength(4);
    for (const [at, score] of scores.impostor.entries()) expect(score).toBeCloseTo(impostor[at] as number, 5);
    expect(result.counts).toMatchObject({ failedToAcquire: 1, genuineNotMade: 2, impostorNotMade: 2 });
    expect(result.eer).toBe(0);
    expect(result.eerWithFailures).toBeGreaterThan(0);
  });
});

describe('evaluateKisa', () => {
  const member = (image: number, person: string, category: string, condition = '', sex = 'f') => ({
    image,
    person,
    category,
    condition,
    groups: { sex },
  });
  const registrations = [member(0, 'a', 'registration'), member(1, 'b', 'registration', '', 'm')];

  it('compares every probe with every registration and judges each category by its limit', () => {
    const probes = [
      member(2, 'a', 'lighting', 'left'),
      member(3, 'b', 'lighting', 'left', 'm'),
      member(4, 'a', 'pose', '45'),
      member(5, 'b', 'hat', 'red', 'm'),
    ];
    // The pose probe of a lies nearer to b.
    const outcomes = [0, 90, 10, 80, 60, 85].map(outcomeAt);
    const manifest = { images: namedImages(6), registrations, probes };
    const { result } = evaluateKisa('made', manifest, CIRCLE_MODEL, outcomes);

    expect(result.counts).toMatchObject({ people: 2, probes: 4, genuine: 4, impostor: 4 });
    expect(result.categories).toMatchObject({
      lighting: { fmr: 0, fnmr: 0, eer: 0, limit: 0.01, pass: true },
      pose: { fmr: 1, fnmr: 0, eer: 1, limit: 0.02, pass: false },
      hat: { eer: 0 },
    });
    expect(result.categories.hat?.pass).toBeUndefined();
    expect(result.conditions['lighting/left']).toMatchObject({ genuine: 2, impostor: 2 });
    expect(result.pass).toBe(false);
    // Strangers of another sex are no impostors of a group.
    expect(result.groups?.sex?.f).toMatchObject({ genuine: 2, impostor: 0 });
  });

  it('passes a category that is exactly at its limit', () => {
    const probes = Array.from({ length: 50 }, (_, at) => member(2 + at, 'a', 'pose'));
    // One error of either kind in fifty: 2 %.
    const outcomes = [0, 90, 60, ...Array<number>(49).fill(10)].map(outcomeAt);
    const { result } = evaluateKisa(
      'made',
      { images: namedImages(52), registrations, probes },
      CIRCLE_MODEL,
      outcomes,
    );

    expect(result.categories.pose).toMatchObject({ eer: 0.02, pass: true });
  });

  it('counts what could not be enrolled or acquired as rejections, and does not pass', () => {
    const probes = [member(2, 'a', 'lighting'), member(3, 'b', 'lighting')];
    const outcomes = [0, undefined, 10, undefined].map(outcomeAt);
    const { result } = evaluateKisa(
      'made',
      { images: namedImages(4), registrations, probes },
      CIRCLE_MODEL,
      outcomes,
    );

    expect(result.counts).toMatchObject({ failedToEnrol: 1, failedToAcquire: 1, genuine: 2, impostor: 2 });
    expect(result.categories.lighting).toMatchObject({ fnmr: 0.5, fmr: 0, pass: false });
  });
});

describe('evaluateIdentify', () => {
  it('tells the enrolled from strangers, and a wrong first from a right one', () => {
    const gallery = {
      members: ['a', 'b'].map((person, image) => ({ image, person })),
      outcomes: [0, 90].map(outcomeAt),
    };
    const probes = {
      members: ['a', 'b', 'b', 'x', 'y', 'a'].map((person, image) => ({ image, person })),
      outcomes: [10, 80, 20, 45, 180, undefined].map(outcomeAt),
    };
    const { result } = evaluateIdentify('made', CIRCLE_MODEL, gallery, probes);

    expect(result.counts).toMatchObject({ people: 2, templates: 2, probes: 6, failedToAcquire: 1 });
    expect(result.bySize).toMatchObject([
      {
        people: 2,
        matedProbes: 4,
        nonMatedProbes: 2,
        rankOne: 0.5,
        atModelThreshold: { fpir: 0.5, fnir: 0.5 },
        fnirAtFpir: { '1e-2': { notEnoughProbes: true, strangersNeeded: 300 } },
      },
    ]);
  });

  it('gives every rate with its interval, by group, and names the largest gap', () => {
    const gallery = {
      members: ['a', 'b'].map((person, image) => ({ image, person })),
      outcomes: [0, 90].map(outcomeAt),
    };
    const probe = (image: number, person: string, glasses: string) => ({
      image,
      person,
      groups: { glasses },
    });
    const probes = {
      members: [
        ...[probe(0, 'a', 'no'), probe(1, 'b', 'no'), probe(2, 'x', 'no')],
        ...[probe(3, 'a', 'yes'), probe(4, 'b', 'yes'), probe(5, 'y', 'yes')],
      ],
      // Glasses make Lee look like Kim, and the stranger like Lee.
      outcomes: [10, 80, 200, 20, 30, 100].map(outcomeAt),
    };
    const { result } = evaluateIdentify('made', CIRCLE_MODEL, gallery, probes);

    expect(result.bySize[0]).toMatchObject({
      rankOne: 0.75,
      rankOneInterval: wilsonInterval(3, 4),
      atModelThreshold: {
        ...{ fpir: 0.5, fpirInterval: wilsonInterval(1, 2) },
        ...{ fnir: 0.25, fnirInterval: wilsonInterval(1, 4) },
      },
    });
    expect(result.groups?.glasses).toMatchObject({
      no: { matedProbes: 2, nonMatedProbes: 1, rankOne: 1, atModelThreshold: { fpir: 0, fnir: 0 } },
      yes: { matedProbes: 2, nonMatedProbes: 1, rankOne: 0.5, atModelThreshold: { fpir: 1, fnir: 0.5 } },
    });
    expect(result.largestGap).toMatchObject({ figure: 'fpir', highest: { group: 'yes' }, difference: 1 });
    const [, table] = identifyTables([result]);
    expect(table?.title).toMatch(/largest gap: FPIR by glasses, yes 100\.00 % against no 0\.00 %$/);
    expect(table?.rows.map(([label, , , rankOne]) => [label, rankOne])).toEqual([
      ['glasses no', '100.00 % [34.24, 100.00]'],
      ['glasses yes', '50.00 % [9.45, 90.55]'],
    ]);
  });

  it('says of an FPIR that the data reach which FNIR it costs, with its interval', () => {
    const people = ['a', 'b'].map((person, image) => ({ image, person }));
    const strangers = Array.from({ length: 300 }, (_, at) => ({ image: at + 2, person: `s${at}` }));
    const outcomes = [0, 90, ...strangers.map(({ image }) => 180 + image / 10)].map(outcomeAt);
    const gallery = { members: people, outcomes: outcomes.slice(0, 2) };
    const { result } = evaluateIdentify('made', CIRCLE_MODEL, gallery, {
      members: [...people, ...strangers],
      outcomes,
    });

    expect(result.bySize[0]?.fnirAtFpir).toMatchObject({
      '1e-2': { fnir: 0, interval: [0, 1 - (wilsonInterval(2, 2)?.[0] as number)] },
      '1e-3': { notEnoughProbes: true },
    });
  });

  it('shows the strangers most like somebody, and the enrolled least like themselves', () => {
    const gallery = {
      members: ['a', 'b', 'a'].map((person, image) => ({ image, person })),
      outcomes: [0, 90, 50].map(outcomeAt),
    };
    const probes = {
      members: ['a', 'x', 'b', 'y'].map((person, image) => ({ image, person })),
      outcomes: [40, 85, 30, 200].map(outcomeAt),
    };
    const { mistakes } = evaluateIdentify('made', CIRCLE_MODEL, gallery, probes);

    // The pictures of the gallery come first in the list of all: probes begin at 3.
    expect(mistakes.map(({ kind, a, b }) => [kind, a, b])).toEqual([
      ['false-match', 4, 1],
      ['false-match', 6, 1],
      ['false-non-match', 5, 1],
      ['false-non-match', 3, 2],
    ]);
  });

  it('tries smaller galleries with the same probes', () => {
    const people = Array.from({ length: 40 }, (_, image) => ({ image, person: `p${image}` }));
    const set = { members: people, outcomes: people.map(({ image }) => outcomeAt(image * 9)) };
    const { result } = evaluateIdentify('made', CIRCLE_MODEL, set, set);

    expect(result.bySize.map((at) => [at.people, at.matedProbes, at.nonMatedProbes, at.rankOne])).toEqual([
      [10, 10, 30, 1],
      [30, 30, 10, 1],
      [40, 40, 0, 1],
    ]);
  });
});

describe('WorstMistakes', () => {
  it('keeps the twelve worst of any number', () => {
    const worst = new WorstMistakes();
    for (let at = 0; at < 1000; at += 1) worst.offer(at % 2 === 0, ((at * 7919) % 1000) / 1000, at, at + 1);

    const of = (kind: string) =>
      worst
        .list()
        .filter((mistake) => mistake.kind === kind)
        .map(({ score }) => score);
    expect(of('false-match')).toHaveLength(12);
    expect(of('false-match')[0]).toBe(0.999);
    expect(of('false-match')).toEqual([...of('false-match')].sort((a, b) => b - a));
    expect(of('false-non-match')[0]).toBe(0);
    expect(Math.max(...of('false-non-match'))).toBe(0.022);
  });
});
