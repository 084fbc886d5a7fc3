import type { DetectFigures, DetectResult } from '../protocols/detect';
import type { FnirAtFpir, IdentifyResult } from '../protocols/identify';
import type { PadFigures, PadResult } from '../protocols/pad';
import { count, decimal, percent, range, type TextTable } from './table';

type Row = readonly [label: string, ...cells: string[]];

/** What `identify` found: a table for each model, gallery sizes in columns. */
export function identifyTables(results: readonly IdentifyResult[]): TextTable[] {
  return results.map(({ model, counts, bySize }) => {
    const row = (label: string, cell: (figures: (typeof bySize)[number]) => string): Row => [
      label,
      ...bySize.map(cell),
    ];
    const targets = Object.keys(bySize[0]?.fnirAtFpir ?? {});
    return {
      title:
        `Identification, ${model}: ${count(counts.templates)} templates of ${count(counts.people)} people ` +
        `(${counts.failedToEnrol} failed to enrol), ${count(counts.probes)} probes ` +
        `(${counts.failedToAcquire} failed to acquire)`,
      head: bySize.map(({ people }) => `${count(people)} people`),
      rows: [
        row('probes of the enrolled, of strangers', (at) => `${at.matedProbes}, ${at.nonMatedProbes}`),
        row('rank 1', ({ rankOne }) => percent(rankOne)),
        row('FPIR = FNIR', ({ eer }) => percent(eer)),
        ...targets.map((fpir) => row(`FNIR at FPIR ${fpir}`, ({ fnirAtFpir }) => fnirText(fnirAtFpir[fpir]))),
        row('FPIR at the model’s threshold', ({ atModelThreshold }) => percent(atModelThreshold.fpir)),
        row('FNIR at the model’s threshold', ({ atModelThreshold }) => percent(atModelThreshold.fnir)),
      ],
    };
  });
}

function fnirText(found: FnirAtFpir | undefined): string {
  if (!found) return '–';
  if ('notEnoughProbes' in found) return `not enough (${count(found.strangersNeeded)} needed)`;
  return `${percent(found.fnir)} (${decimal(found.threshold)})`;
}

/** What `detect` found. */
export function detectTables(result: DetectResult): TextTable[] {
  const { counts, precisionAtLeast, byYaw, bySize } = result;
  const entries: [string, DetectFigures][] = [
    ['all', result],
    ...Object.entries(byYaw).map(([name, figures]): [string, DetectFigures] => [`yaw ${name}`, figures]),
    ...Object.entries(bySize).map(([name, figures]): [string, DetectFigures] => [`size ${name}`, figures]),
  ];
  return [
    {
      title:
        `Detection: ${count(counts.images)} pictures (${counts.unreadable} unreadable), ` +
        `${count(counts.detections)} detections, precision at least ${percent(precisionAtLeast)}`,
      head: ['faces', 'found', 'recall', '', 'points, median', '90 %', 'of box, median'],
      rows: entries.map(([name, at]): Row => [
        name,
        count(at.faces),
        count(at.found),
        percent(at.recall, 1),
        range(at.recallInterval, 1),
        decimal(at.landmarkError.median),
        decimal(at.landmarkError.p90),
        decimal(at.landmarkErrorOfBox.median),
      ]),
    },
  ];
}

/** What `pad` found, per frame and per presentation. */
export function padTables({ model, perFrame, perPresentation, thresholdFrom }: PadResult): TextTable[] {
  const source = {
    given: 'threshold as given',
    development: 'threshold from the development labels',
    'other-people': 'threshold from the other people, five folds',
  }[thresholdFrom];
  return [
    padTable(`Liveness, ${model}, per frame; ${source}`, perFrame),
    padTable(`Liveness, ${model}, per presentation; ${source}`, perPresentation),
  ];
}

function padTable(title: string, figures: PadFigures): TextTable {
  const { species, counts } = figures;
  const { nonResponses } = counts;
  return {
    title,
    head: [],
    rows: [
      ...species.map(({ species: name, apcer, interval, attacks }): Row => [
        `APCER ${name}`,
        percent(apcer, 1),
        range(interval, 1),
        `of ${count(attacks)}`,
      ]),
      ['APCER, worst', percent(figures.apcer, 1), '', ''],
      ['BPCER', percent(figures.bpcer, 1), range(figures.bpcerInterval, 1), `of ${count(counts.bonaFide - nonResponses.bonaFide)}`], // prettier-ignore
      ['ACER', percent(figures.acer, 1), '', ''],
      ['no face found: live, attacks', `${nonResponses.bonaFide}, ${nonResponses.attacks}`, '', ''],
      ['AUC', decimal(figures.auc), '', ''],
      ['EER, all attacks together', percent(figures.eer, 1), '', ''],
      ['threshold, mean', decimal(figures.threshold), '', ''],
    ],
  };
}
