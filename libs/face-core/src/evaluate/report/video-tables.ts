import type { CountedRate, DecisionTimes, Spread, VideoFigures } from '../protocols/video-figures';
import type { VideoResult } from '../protocols/video';
import { groupTables } from './group-table';
import { count, decimal, percent, range, type TextTable } from './table';

type Row = readonly [label: string, ...cells: string[]];

const WRONG_SHOWN = 20;

/** What `video` found: all models side by side, and for each one people, groups and who passed wrongly. */
export function videoTables(results: readonly VideoResult[]): TextTable[] {
  return [
    { title: 'Recordings', head: results.map(({ model }) => model), rows: totalRows(results) },
    ...results.flatMap((result) => [
      {
        title: `By person, ${result.model}`,
        head: HEAD,
        rows: Object.entries(result.people).map(([name, figures]): Row => [name, ...cellsOf(figures)]),
      },
      ...groupTables(result.model, result, { head: HEAD, cells: cellsOf }),
      ...wrongTables(result),
    ]),
  ];
}

function totalRows(results: readonly VideoResult[]): Row[] {
  const row = (label: string, cell: (result: VideoResult) => string): Row => [label, ...results.map(cell)];
  const rate = (label: string, of: (result: VideoResult) => CountedRate) =>
    row(`  ${label}`, (result) => rateText(of(result)));
  return [
    row(
      'recordings, seconds, frames',
      ({ counts }) => `${counts.recordings}, ${counts.seconds.toFixed(0)}, ${count(counts.frames)}`,
    ),
    row(
      'people, templates (failed to enrol)',
      ({ counts }) => `${counts.people}, ${counts.templates} (${counts.failedToEnrol})`,
    ),
    row('threshold', ({ settings }) => decimal(settings.similarityMin, 2)),
    row('visits of the enrolled', ({ enrolled }) => count(enrolled.visits)),
    rate('right person', ({ enrolled }) => enrolled.right),
    rate('wrong person', ({ enrolled }) => enrolled.wrongPerson),
    rate('refused', ({ enrolled }) => enrolled.refused),
    rate('missed: no verdict', ({ enrolled }) => enrolled.missed),
    rate('right, but refused first', ({ enrolled }) => enrolled.refusedFirst),
    row('visits of strangers', ({ strangers }) => count(strangers.visits)),
    rate('false grants', ({ strangers }) => strangers.falseGrants),
    rate('refused', ({ strangers }) => strangers.refused),
    rate('undecided', ({ strangers }) => strangers.undecided),
    row('passed, nobody knows who', ({ counts }) => count(counts.unattributedPasses)),
    ...timeRows('until the right person passes', results, ({ times }) => times.passed),
    ...timeRows('until a face is refused', results, ({ times }) => times.refused),
    row('processing of every frame', ({ processing }) => millisecondsText(processing)),
    row('frames that took longer than the next waited', ({ processing }) => percent(processing.tooSlow, 1)),
  ];
}

function timeRows(
  title: string,
  results: readonly VideoResult[],
  times: (result: VideoResult) => DecisionTimes,
): Row[] {
  const row = (label: string, cell: (times: DecisionTimes) => string): Row => [
    label,
    ...results.map((result) => cell(times(result))),
  ];
  return [
    row(`${title}: median, 95 %`, ({ decisions }) => `of ${count(decisions)}`),
    row('  from the first face, video time', ({ fromSeenMs }) => secondsText(fromSeenMs)),
    row('  from the first large enough', ({ fromInRangeMs }) => secondsText(fromInRangeMs)),
    row('  and processing, on this machine', ({ processingMs }) => millisecondsText(processingMs)),
    row('  frames embedded', ({ frames }) => spreadText(frames, (value) => String(Math.round(value)))),
  ];
}

const HEAD = ['visits', 'right', 'wrong', 'refused', 'missed', 'false grants', 'from first face', 'large enough', 'processing', 'frames']; // prettier-ignore

function cellsOf(figures: VideoFigures): string[] {
  return [...visitCells(figures), ...timeCells(figures)];
}

function visitCells({ enrolled, strangers }: VideoFigures): string[] {
  const of = (rate: CountedRate, visits: number) => (visits > 0 ? String(rate.count) : '–');
  return [
    count(enrolled.visits + strangers.visits),
    of(enrolled.right, enrolled.visits),
    of(enrolled.wrongPerson, enrolled.visits),
    String(enrolled.refused.count + strangers.refused.count),
    String(enrolled.missed.count + strangers.undecided.count),
    of(strangers.falseGrants, strangers.visits),
  ];
}

/** Of those who passed as themselves where there are any, else of those who were refused. */
function timeCells({ times: { passed, refused } }: VideoFigures): string[] {
  const times = passed.decisions > 0 ? passed : refused;
  return [
    secondsText(times.fromSeenMs),
    secondsText(times.fromInRangeMs),
    millisecondsText(times.processingMs),
    spreadText(times.frames, (value) => String(Math.round(value))),
  ];
}

function wrongTables({ model, wrongPasses }: VideoResult): TextTable[] {
  if (wrongPasses.length === 0) return [];
  const more = wrongPasses.length > WRONG_SHOWN ? `, the first ${WRONG_SHOWN} of ${wrongPasses.length}` : '';
  return [
    {
      title: `Who passed as another, ${model}${more}`,
      head: ['at', 'by the labels', 'taken for', 'similarity'],
      rows: wrongPasses
        .slice(0, WRONG_SHOWN)
        .map(({ recording, atMs, person, takenFor, similarity }): Row => [
          recording,
          `${(atMs / 1000).toFixed(1)} s`,
          person ?? '–',
          takenFor,
          decimal(similarity ?? undefined),
        ]),
    },
  ];
}

function rateText({ count: hits, rate, interval }: CountedRate): string {
  if (rate === undefined) return '–';
  return `${count(hits)}   ${percent(rate, 1)} ${range(interval, 1)}`;
}

function secondsText(spread: Spread): string {
  return spreadText(spread, (ms) => `${(ms / 1000).toFixed(2)}`, ' s');
}

function millisecondsText(spread: Spread): string {
  return spreadText(spread, (ms) => ms.toFixed(ms < 10 ? 1 : 0), ' ms');
}

function spreadText({ median, p95 }: Spread, text: (value: number) => string, unit = ''): string {
  return median === undefined || p95 === undefined ? '–' : `${text(median)}, ${text(p95)}${unit}`;
}
