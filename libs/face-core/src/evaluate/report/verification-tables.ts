import type { KisaResult } from '../protocols/kisa';
import type { PairAccuracy, PairsResult } from '../protocols/pairs';
import type { Subgroups } from '../protocols/subgroups';
import { FAR_TARGETS, type VerificationFigures } from '../protocols/verification';
import type { NotEnoughPairs, TarAtFar } from '../statistics/tar-at-far';
import { groupTables } from './group-table';
import { count, decimal, percent, range, type TextTable } from './table';

type Row = readonly [label: string, ...cells: string[]];

/** What `pairs` found, models side by side. */
export function pairsTables(results: readonly PairsResult[]): TextTable[] {
  const row = rowOver(results);
  const rows: Row[] = [
    row('pictures', ({ counts }) => count(counts.images)),
    row('comparisons, genuine', ({ counts }) => count(counts.genuine)),
    row('comparisons, impostor', ({ counts }) => count(counts.impostor)),
    row('failed to acquire (no face + unreadable)', ({ counts }) =>
      counts.failedToAcquire ? `${counts.failedToAcquire} (${counts.noFace} + ${counts.unreadable})` : '0',
    ),
    row(
      'comparisons not made for that, genuine + impostor',
      ({ counts }) => `${counts.genuineNotMade} + ${counts.impostorNotMade}`,
    ),
    row('accuracy (± standard error)', ({ accuracy }) => accuracyText(accuracy)),
    row('accuracy, failures as rejections', ({ accuracyWithFailures }) => accuracyText(accuracyWithFailures)),
    ...verificationRows(results),
    row('EER, failures as rejections', ({ eerWithFailures }) => percent(eerWithFailures)),
  ];
  return [
    { title: 'Verification', head: results.map(({ model }) => model), rows },
    ...verificationGroupTables(results),
  ];
}

/** What `kisa` found: a table of all models, and one of categories and conditions for each. */
export function kisaTables(results: readonly KisaResult[]): TextTable[] {
  const row = rowOver(results);
  const rows: Row[] = [
    row('people, probes', ({ counts }) => `${count(counts.people)}, ${count(counts.probes)}`),
    row('comparisons, genuine', ({ counts }) => count(counts.genuine)),
    row('comparisons, impostor', ({ counts }) => count(counts.impostor)),
    row('failed to enrol, to acquire', ({ counts }) => `${counts.failedToEnrol}, ${counts.failedToAcquire}`),
    ...verificationRows(results),
    row('certification limits', ({ pass }) => verdict(pass)),
  ];
  const byModel = results.map(({ model, categories, conditions }) => ({
    title: `By category and condition, ${model}`,
    head: ['genuine', 'impostor', 'FMR', 'FNMR', 'EER', 'limit', ''],
    rows: Object.entries(categories).flatMap(([name, figures]): Row[] => [
      [name, ...kisaCells(figures), percent(figures.limit, 1), verdict(figures.pass)],
      ...Object.entries(conditions)
        .filter(([key]) => key.startsWith(`${name}/`))
        .map(([key, one]): Row => [`  ${key.slice(name.length + 1)}`, ...kisaCells(one), '', '']),
    ]),
  }));
  const all = { title: 'Certification test', head: results.map(({ model }) => model), rows };
  return [all, ...byModel, ...verificationGroupTables(results)];
}

function kisaCells(figures: KisaResult['conditions'][string]): string[] {
  const { genuine, impostor, fmr, fnmr, eer } = figures;
  return [count(genuine), count(impostor), percent(fmr), percent(fnmr), percent(eer)];
}

function verificationRows(results: readonly VerificationFigures[]): Row[] {
  const row = rowOver(results);
  return [
    row('AUC', ({ auc }) => decimal(auc, 5)),
    row('EER (at threshold)', ({ eer, eerThreshold }) => `${percent(eer)} (${decimal(eerThreshold)})`),
    ...Object.keys(FAR_TARGETS).map((far) =>
      row(`TAR at FAR ${far}`, ({ tarAtFar }) => tarText(tarAtFar[far])),
    ),
    row('threshold', ({ atModelThreshold }) => decimal(atModelThreshold.threshold, 2)),
    row('  FMR there', ({ atModelThreshold: at }) => `${percent(at.fmr)} ${range(at.fmrInterval)}`),
    row('  FNMR there', ({ atModelThreshold: at }) => `${percent(at.fnmr)} ${range(at.fnmrInterval)}`),
  ];
}

function tarText(found: TarAtFar | NotEnoughPairs | undefined): string {
  if (!found) return '–';
  if ('notEnoughPairs' in found) return `not enough pairs (${count(found.impostorNeeded)} needed)`;
  const few = found.evidence === 'few' ? ', few' : '';
  return `${percent(found.tar)} ${range(found.interval)} (${decimal(found.threshold)}${few})`;
}

function accuracyText(accuracy: PairAccuracy | undefined): string {
  if (!accuracy) return '–';
  const made = accuracy.foldsFrom === 'made' ? ', folds made' : '';
  return `${percent(accuracy.mean)} ± ${(100 * accuracy.standardError).toFixed(2)} (${accuracy.folds.length} folds${made})`;
}

function verificationGroupTables(
  results: readonly (Partial<Subgroups> & { readonly model: string })[],
): TextTable[] {
  return results.flatMap((result) =>
    groupTables(result.model, result, {
      head: ['genuine', 'impostor', 'FMR', 'FNMR', 'EER'],
      cells: ({ genuine, impostor, fmr, fnmr, eer }) => [
        count(genuine),
        count(impostor),
        percent(fmr),
        percent(fnmr),
        percent(eer),
      ],
    }),
  );
}

function verdict(pass: boolean | undefined): string {
  if (pass === undefined) return '';
  return pass ? 'pass' : 'FAIL';
}

function rowOver<Result>(results: readonly Result[]) {
  return (label: string, cell: (result: Result) => string): Row => [label, ...results.map(cell)];
}
