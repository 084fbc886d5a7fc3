import { count, decimal, percent, range, type TextTable } from '../evaluate/report/table';
import type { Calibration } from './calibration';
import { expectedRates, thresholdForRisk } from './risk';

const GALLERIES = [1, 100, 1_000, 10_000, 50_000];
/** One stranger in so many may be taken for somebody. */
const STRANGERS = [100, 1_000, 10_000];

/** Lays out what a calibration means at a door: which threshold keeps which risk, and its price. */
export function riskTable(calibration: Calibration): TextTable {
  const { modelId, source } = calibration;
  const kind = { pairs: 'labelled pictures', site: 'scores of doors' }[source.kind];
  return {
    title:
      `${modelId}, from ${source.name} (${kind}, ${source.when.slice(0, 10)}): ${count(source.impostor)} ` +
      `comparisons of two people, ${count(source.genuine)} of one`,
    head: ['FMR', 'threshold', 'rejected wrongly', '95 %', ''],
    rows: GALLERIES.flatMap((gallerySize) =>
      STRANGERS.map((strangers) => rowOf(calibration, gallerySize, strangers)),
    ),
  };
}

function rowOf(calibration: Calibration, gallerySize: number, strangers: number): TextTable['rows'][number] {
  const people = gallerySize === 1 ? '1 template' : `${count(gallerySize)} templates`;
  const label = `${people}, 1 stranger in ${count(strangers)}`;
  const found = thresholdForRisk(calibration, { fpirMax: 1 / strangers, gallerySize });
  if ('refused' in found) {
    const fmr = -Math.expm1(Math.log1p(-1 / strangers) / gallerySize);
    return [label, fmr.toExponential(1), '–', '–', '', 'past what the data can say'];
  }
  const { similarityMin, fmr, extrapolated } = found;
  const { fnmr } = expectedRates(calibration, { similarityMin, gallerySize });
  return [
    label,
    fmr.toExponential(1),
    decimal(similarityMin),
    percent(fnmr.rate),
    range(fnmr.interval),
    extrapolated ? 'extrapolated' : '',
  ];
}
