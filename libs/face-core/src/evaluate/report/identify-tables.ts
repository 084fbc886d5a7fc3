import type { FnirAtFpir, IdentificationRates, IdentifyResult } from '../protocols/identify';
import { groupTables } from './group-table';
import { count, decimal, percent, range, type TextTable } from './table';

type Row = readonly [label: string, ...cells: string[]];

/** What `identify` found: for each model a table with gallery sizes in columns, and one of groups. */
export function identifyTables(results: readonly IdentifyResult[]): TextTable[] {
  return results.flatMap((result) => [sizeTable(result), ...identifyGroupTables(result)]);
}

function sizeTable({ model, counts, bySize }: IdentifyResult): TextTable {
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
      row('rank 1', ({ rankOne, rankOneInterval }) => `${percent(rankOne)} ${range(rankOneInterval)}`),
      row('FPIR = FNIR', ({ eer }) => percent(eer)),
      ...targets.map((fpir) => row(`FNIR at FPIR ${fpir}`, ({ fnirAtFpir }) => fnirText(fnirAtFpir[fpir]))),
      row('FPIR at the model’s threshold', ({ atModelThreshold: at }) => fpirText(at)),
      row('FNIR at the model’s threshold', ({ atModelThreshold: at }) => fnirThereText(at)),
    ],
  };
}

function identifyGroupTables(result: IdentifyResult): TextTable[] {
  return groupTables(result.model, result, {
    head: ['the enrolled', 'strangers', 'rank 1', 'FPIR', 'FNIR'],
    cells: ({ matedProbes, nonMatedProbes, rankOne, rankOneInterval, atModelThreshold }) => [
      count(matedProbes),
      count(nonMatedProbes),
      `${percent(rankOne)} ${range(rankOneInterval)}`,
      fpirText(atModelThreshold),
      fnirThereText(atModelThreshold),
    ],
  });
}

function fpirText({ fpir, fpirInterval }: IdentificationRates): string {
  return `${percent(fpir)} ${range(fpirInterval)}`;
}

function fnirThereText({ fnir, fnirInterval }: IdentificationRates): string {
  return `${percent(fnir)} ${range(fnirInterval)}`;
}

function fnirText(found: FnirAtFpir | undefined): string {
  if (!found) return '–';
  if ('notEnoughProbes' in found) return `not enough (${count(found.strangersNeeded)} needed)`;
  return `${percent(found.fnir)} ${range(found.interval)} (${decimal(found.threshold)})`;
}
