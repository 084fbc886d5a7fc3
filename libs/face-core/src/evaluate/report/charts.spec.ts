import { scoreSet } from '../statistics/score-set';
import { loadCharts } from './charts';
import type { ReportedModel } from './report';

const model: ReportedModel = {
  model: 'one',
  scores: scoreSet(
    [0.3, 0.9],
    new Float32Array(1_200_000).map((_, at) => at / 2_400_000),
  ),
  classes: ['one person', 'two people'],
  threshold: 0.4,
  mistakes: [],
  images: [],
  outcomes: [],
};

describe('charts', () => {
  it.each(['det', 'roc'] as const)('of %s say rare rates in words of few digits', async (kind) => {
    const labels = (await loadCharts())[kind]([model])?.match(/>[\d.e-]+<\/text>/g) ?? [];

    expect(labels).toContain('>0.0001</text>');
    expect(labels.filter((label) => label.length > '>0.00001</text>'.length)).toEqual([]);
  });

  it('are none of models that never err', async () => {
    const charts = await loadCharts();
    const perfect = { ...model, scores: scoreSet([0.9], [0.1]) };

    expect(charts.det([perfect])).toBeUndefined();
    expect(charts.det([])).toBeUndefined();
    expect(charts.scores(perfect)).toContain('<svg');
  });
});
