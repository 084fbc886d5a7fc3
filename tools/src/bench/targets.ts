import type { BenchReport, BenchResult } from './report';

/** Names of contenders that targets speak of. */
export const CONTENDER = {
  ours: 'munjigi',
  opencv: 'opencv-dnn',
  bareNetworks: 'bare networks',
  bareEmbedder: 'bare embedder',
  readOnce: 'read once',
  human: '@vladmandic/human',
  faceApi: '@vladmandic/face-api',
} as const;

/** What a row should reach, and whether it does; undefined where that cannot be said. */
export interface Verdict {
  readonly target: string;
  readonly met: boolean | undefined;
}

/** Suffix of rows that run on one thread; the others run on all cores, at most two. */
export const ONE_THREAD = '-1-thread';

/** Least peer's median over ours, by row and size; where no size is named, any. */
const RATIOS: readonly { name: string; size?: string; peer: string; min: number; target: string }[] = [
  { name: 'detect-cold', peer: CONTENDER.opencv, min: 3, target: '≥ 3x OpenCV DNN' },
  { name: 'detect-steady', size: '1280x720', peer: CONTENDER.opencv, min: 11, target: '≥ 11x OpenCV DNN' },
  {
    name: 'detect-steady-3-faces',
    size: '1280x720',
    peer: CONTENDER.opencv,
    min: 11,
    target: '≥ 11x OpenCV DNN',
  },
  { name: 'detect-overhead', peer: CONTENDER.bareNetworks, min: 1 / 1.25, target: '≤ 1.25x bare networks' },
  { name: 'align-embed', peer: CONTENDER.bareEmbedder, min: 1 / 1.1, target: '≤ 1.1x bare embedder' },
  { name: 'search-100k', peer: CONTENDER.readOnce, min: 1 / 1.5, target: '≤ 1.5x reading once' },
];

/** Longest median in milliseconds: what ncnn took in C++ on a machine with two such cores. */
const TIMES: readonly { name: string; size: string; minFacePx: number; maxMs: number }[] = [
  { name: 'detect-cold', size: '640x360', minFacePx: 40, maxMs: 14.5 },
  { name: 'detect-cold', size: '1280x720', minFacePx: 40, maxMs: 39 },
  { name: 'embed', size: '112x112', minFacePx: 0, maxMs: 3.7 },
  { name: `embed${ONE_THREAD}`, size: '112x112', minFacePx: 0, maxMs: 6.6 },
];

/** The targets of a row. */
export function verdictsOf(result: BenchResult): Verdict[] {
  const times = TIMES.filter(
    ({ name, size, minFacePx }) =>
      name === result.name && size === result.size && minFacePx === result.minFacePx,
  ).map(({ maxMs }) => ({ target: `≤ ${maxMs} ms (ncnn)`, met: result.medianMs <= maxMs }));
  // The smallest face of 40 px is what the targets are stated for.
  const ratios = RATIOS.filter(
    ({ name, size }) =>
      name === result.name.replace(ONE_THREAD, '') && (size === undefined || size === result.size),
  )
    .filter(({ name }) => name !== 'detect-cold' || (result.minFacePx === 40 && result.name === name))
    .map(({ peer, min, target }) => {
      const found = result.peers.find(({ name }) => name === peer);
      return { target, met: found && found.ratio >= min };
    });
  return [...ratios, ...times];
}

/** A frame may leave this much behind: over 100,000 frames less than a megabyte, which is noise. */
const GROWTH_BYTES_PER_FRAME_MAX = 10;
/** Pages that the system and the collector have not settled yet weigh too much in a shorter run. */
const GROWTH_FRAMES_MIN = 20_000;

/** Whether memory grows; a short run cannot tell. */
export function memoryVerdict(report: Pick<BenchReport, 'memory'>): Verdict {
  const { memory } = report;
  const target = 'no growth over 100,000 frames';
  if (!memory) return { target, met: undefined };
  if (memory.bytesPerFrame <= GROWTH_BYTES_PER_FRAME_MAX) return { target, met: true };
  return { target, met: memory.frames >= GROWTH_FRAMES_MIN ? false : undefined };
}
