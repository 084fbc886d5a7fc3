import type { PadFigures, PadResult } from '../protocols/pad';
import { groupTables } from './group-table';
import { count, decimal, percent, range, type TextTable } from './table';

type Row = readonly [label: string, ...cells: string[]];

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
    ...groupTables(`${model}, per presentation`, perPresentation, {
      head: ['attacks', 'APCER, worst', 'live', 'BPCER', ''],
      cells: ({ counts, apcer, bpcer, bpcerInterval }) => [
        count(counts.attacks - counts.nonResponses.attacks),
        percent(apcer, 1),
        count(counts.bonaFide - counts.nonResponses.bonaFide),
        percent(bpcer, 1),
        range(bpcerInterval, 1),
      ],
    }),
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
