import type { PadLabels } from '../readers/pad-labels';
import { namedImages } from '../testing/made-outcomes';
import { detectTables } from '../report/detect-tables';
import { padTables } from '../report/pad-tables';
import { evaluateDetect } from './detect';
import { evaluatePad } from './pad';

describe('evaluateDetect', () => {
  const points = (x: number) => [
    { x: x + 20, y: 30 },
    { x: x + 60, y: 30 },
    { x: x + 40, y: 50 },
    { x: x + 25, y: 70 },
    { x: x + 55, y: 70 },
  ];
  const box = (x: number) => ({ x, y: 0, width: 80, height: 80 });
  const mark = (image: number, x: number, yaw: number, groups = {}) => ({
    ...{ image, box: box(x), landmarks: points(x), yaw, groups },
  });
  const face = (x: number, shift = 0) => ({
    box: box(x),
    score: 1,
    landmarks: points(x).map((point) => ({ x: point.x + shift, y: point.y })),
  });

  it('pairs each mark with the detection that covers it best, once', () => {
    const labels = {
      images: namedImages(3),
      faces: [mark(0, 0, 0), mark(0, 100, -50), mark(1, 0, 20), mark(2, 0, 80)],
    };
    // In picture 0 one detection lies on the first mark, 4 px off, and one on nothing; picture 2 is unreadable.
    const found = [[face(10), face(0, 4), face(300)], [face(0, 8)], undefined];
    const result = evaluateDetect('made', labels, 'mtcnn', found);

    expect(result).toMatchObject({
      faces: 4,
      found: 2,
      recall: 0.5,
      precisionAtLeast: 0.5,
      counts: { images: 3, unreadable: 1, detections: 4 },
      // 4 and 8 px of 40 between the eyes; of a box of 80.
      landmarkError: { median: expect.closeTo(0.15, 12) },
      landmarkErrorOfBox: { median: expect.closeTo(0.075, 12) },
    });
    expect(Object.entries(result.byYaw).map(([name, at]) => [name, at.found, at.faces])).toEqual([
      ['0 to 15°', 1, 1],
      ['15 to 30°', 1, 1],
      ['45 to 60°', 0, 1],
      ['60 to 90°', 0, 1],
    ]);
    expect(Object.keys(result.bySize)).toEqual(['80 to 160 px']);
  });

  it('gives recall by group, and names the largest gap', () => {
    const faces = [
      mark(0, 0, 0, { glasses: 'no' }),
      mark(1, 0, 0, { glasses: 'no' }),
      mark(2, 0, 0, { glasses: 'yes' }),
      mark(3, 0, 0, { glasses: 'yes' }),
    ];
    const found = [[face(0)], [face(0)], [face(0)], []];
    const result = evaluateDetect('made', { images: namedImages(4), faces }, 'mtcnn', found);

    expect(result.groups?.glasses).toMatchObject({ no: { recall: 1, faces: 2 }, yes: { recall: 0.5 } });
    expect(result.largestGap).toMatchObject({ figure: 'recall', highest: { group: 'no' }, difference: 0.5 });
    const [table] = detectTables(result).slice(1);
    expect(table?.title).toBe(
      'By group, detection; largest gap: recall by glasses, no 100.00 % against yes 50.00 %',
    );
    expect(table?.rows.map(([label, ...cells]) => [label, cells[2]])).toEqual([
      ['glasses no', '100.0 %'],
      ['glasses yes', '50.0 %'],
    ]);
  });

  it('has no landmark error where nothing was found', () => {
    const result = evaluateDetect('made', { images: namedImages(1), faces: [mark(0, 0, 0)] }, 'mtcnn', [[]]);

    expect(result).toMatchObject({
      recall: 0,
      precisionAtLeast: undefined,
      landmarkError: { median: undefined },
    });
  });
});

describe('evaluatePad', () => {
  const labelsOf = (clients: number): PadLabels => {
    const frames = Array.from({ length: clients * 4 }, (_, image) => ({
      image,
      species: image % 4 < 2 ? undefined : 'print',
      client: `c${Math.floor(image / 4)}`,
      presentation: `v${Math.floor(image / 2)}`,
      frame: image % 2,
      groups: { camera: 'door' },
    }));
    return { images: namedImages(frames.length), frames };
  };

  it('chooses the threshold on other people, never on those it is applied to', () => {
    const labels = labelsOf(5);
    // Client 0 would need a threshold of its own: all its scores are low.
    const scores = labels.frames.map(({ client, species }) => (species ? 0.1 : client === 'c0' ? 0.2 : 0.9));
    const { result } = evaluatePad('made', labels, 'm', { scores, threshold: { kind: 'other-people' } });

    expect(result.perFrame).toMatchObject({
      apcer: 0,
      bpcer: 0.2,
      auc: 1,
      counts: { bonaFide: 10, attacks: 10 },
    });
    expect(result.perPresentation).toMatchObject({ bpcer: 0.2, counts: { bonaFide: 5, attacks: 5 } });
    expect(result.perFrame.groups?.camera?.door).toMatchObject({ bpcer: 0.2 });
  });

  it('takes the threshold of development labels, or as given', () => {
    const labels = labelsOf(1);
    const scores = [0.9, 0.7, 0.5, undefined];
    const development = { kind: 'development', labels, scores: [0.6, 0.55, 0.1, 0.2] } as const;

    expect(
      evaluatePad('made', labels, 'm', { scores, threshold: development }).result.perFrame,
    ).toMatchObject({
      threshold: 0.55,
      apcer: 0,
      counts: { nonResponses: { attacks: 1 } },
    });
    const given = { kind: 'given', threshold: 0.5 } as const;
    expect(evaluatePad('made', labels, 'm', { scores, threshold: given }).result.perFrame).toMatchObject({
      apcer: 1,
      bpcer: 0,
    });
  });

  it('gives both rates by group, and names the largest gap', () => {
    const labels = labelsOf(2);
    // The second client stands before another camera, where attacks pass.
    const frames = labels.frames.map((frame) => ({
      ...frame,
      groups: { camera: frame.client === 'c0' ? 'door' : 'gate' },
    }));
    const scores = frames.map(({ species, client }) => (species && client === 'c0' ? 0.1 : 0.9));
    const threshold = { kind: 'given', threshold: 0.5 } as const;
    const { result } = evaluatePad('made', { ...labels, frames }, 'm', { scores, threshold });

    expect(result.perPresentation.groups?.camera).toMatchObject({
      door: { apcer: 0, bpcer: 0 },
      gate: { apcer: 1, bpcer: 0 },
    });
    expect(result.perPresentation.largestGap).toMatchObject({ figure: 'apcer', difference: 1 });
    expect(padTables(result).at(-1)).toMatchObject({
      title: 'By group, m, per presentation; largest gap: APCER by camera, gate 100.00 % against door 0.00 %',
      rows: [
        ['camera door', '1', '0.0 %', '1', '0.0 %', '[0.0, 79.3]'],
        ['camera gate', '1', '100.0 %', '1', '0.0 %', '[0.0, 79.3]'],
      ],
    });
  });

  it('refuses to choose a threshold on the one person there is', () => {
    const scores = [0.9, 0.9, 0.1, 0.1];

    expect(() =>
      evaluatePad('made', labelsOf(1), 'm', { scores, threshold: { kind: 'other-people' } }),
    ).toThrow(expect.objectContaining({ code: 'evaluate/no-split' }));
  });
});
