import { FaceCoreError } from '../../errors';
import { histogram } from '../statistics/histogram';
import { detCurve } from '../statistics/roc';
import type { Scores } from '../statistics/score-set';
import type { ReportedModel } from './report';

const WIDTH_PX = 720;
const HEIGHT_PX = 420;
const BINS = 60;

/** What the library is told to draw. */
type ChartOption = Readonly<Record<string, unknown>>;

/** Draws charts as SVG, without a browser. */
export interface ChartRenderer {
  /** Error rates against one another, a line for each model; undefined when no model errs in both ways. */
  det(models: readonly ReportedModel[]): string | undefined;
  /** The share of the right people who pass over that of the wrong ones; undefined when no wrong one ever does. */
  roc(models: readonly ReportedModel[]): string | undefined;
  /** How both classes of a model's scores are spread. */
  scores(model: ReportedModel): string;
}

/**
 * Loads the charting library, which only reports need and which is installed for development alone.
 *
 * @throws {FaceCoreError} `evaluate/no-charts` when it is not installed
 */
export async function loadCharts(): Promise<ChartRenderer> {
  const library = await loadLibrary();
  const draw = (option: ChartOption): string => {
    const chart = library.init(null, null, {
      renderer: 'svg',
      ssr: true,
      width: WIDTH_PX,
      height: HEIGHT_PX,
    });
    try {
      chart.setOption({ animation: false, grid: { left: 70, right: 30, top: 50, bottom: 60 }, ...option });
      return chart.renderToSVGString();
    } finally {
      // Its timers would keep the process alive.
      chart.dispose();
    }
  };
  return {
    det: (models) => {
      const option = detOption(models);
      return option && draw(option);
    },
    roc: (models) => {
      const option = rocOption(models);
      return option && draw(option);
    },
    scores: (model) => draw(scoresOption(model)),
  };
}

async function loadLibrary() {
  try {
    return await import('echarts');
  } catch (cause) {
    throw new FaceCoreError(
      'evaluate/no-charts',
      'A report with charts needs the package echarts, which a production installation leaves out. Run: npm ci',
      { cause },
    );
  }
}

function detOption(models: readonly ReportedModel[]): ChartOption | undefined {
  const series = models.flatMap(({ model, scores }) => {
    // A logarithm has no place for 0.
    const points = detCurve(scores).filter(({ fmr, fnmr }) => fmr > 0 && fnmr > 0);
    const data = points.map(({ fmr, fnmr }) => [100 * fmr, 100 * fnmr]);
    return data.length > 0 ? [{ name: model, type: 'line', step: 'end', showSymbol: false, data }] : [];
  });
  if (series.length === 0) return undefined;
  return {
    legend: { top: 10, itemGap: 30 },
    xAxis: logAxis('false match rate, %'),
    yAxis: logAxis('false non-match rate, %'),
    series,
  };
}

function rocOption(models: readonly ReportedModel[]): ChartOption | undefined {
  const series = models.flatMap(({ model, scores }) => {
    const points = detCurve(scores).filter(({ fmr }) => fmr > 0);
    const data = points.map(({ fmr, fnmr }) => [100 * fmr, 100 * (1 - fnmr)]);
    return data.length > 0 ? [{ name: model, type: 'line', step: 'end', showSymbol: false, data }] : [];
  });
  if (series.length === 0) return undefined;
  const name = 'true accept rate, %';
  return {
    legend: { top: 10, itemGap: 30 },
    xAxis: logAxis('false accept rate, %'),
    yAxis: { type: 'value', name, nameLocation: 'middle', nameGap: 42, max: 100, scale: true },
    series,
  };
}

function logAxis(name: string) {
  // A power of ten is not exact, and says so in twenty digits.
  const axisLabel = { formatter: (value: number) => String(Number(value.toPrecision(3))) };
  const placed = { name, nameLocation: 'middle', nameGap: 42 };
  return { type: 'log', ...placed, max: 100, minorSplitLine: { show: true }, axisLabel };
}

function scoresOption({ scores, classes, threshold }: ReportedModel): ChartOption {
  const ends = [scores.genuine, scores.impostor].flatMap((all) => [firstFinite(all), all.at(-1)]);
  const finite = ends.filter((end): end is number => end !== undefined && Number.isFinite(end));
  const low = Math.min(0, ...finite);
  const high = Math.max(1, ...finite);
  const share = (all: Scores) =>
    histogram(all, low, high, BINS).counts.map((count) => (100 * count) / Math.max(1, all.length));
  const line = { silent: true, symbol: 'none', data: [{ xAxis: threshold, name: 'threshold' }] };
  return {
    legend: { top: 10, itemGap: 30 },
    xAxis: { type: 'value', name: 'score', nameLocation: 'middle', nameGap: 30, min: low, max: high },
    yAxis: { type: 'value', name: 'share of scores, %', nameLocation: 'middle', nameGap: 42 },
    series: [scores.genuine, scores.impostor].map((all, at) => ({
      name: `${classes[at]} (${all.length.toLocaleString('en')})`,
      type: 'line',
      step: 'end',
      showSymbol: false,
      areaStyle: { opacity: 0.25 },
      data: share(all).map((value, bin) => [low + (bin * (high - low)) / BINS, value]),
      ...(at === 0 && threshold !== undefined ? { markLine: line } : {}),
    })),
  };
}

function firstFinite(ascending: Scores): number | undefined {
  return ascending.find(Number.isFinite);
}
