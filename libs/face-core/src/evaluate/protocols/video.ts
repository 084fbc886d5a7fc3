import type { VideoLabels } from '../readers/video-labels';
import { rateOf, scoreSet, type ScoreSet } from '../statistics/score-set';
import { judgeRecording } from './judge-recording';
import { byGroup, largestGap, type ByGroup, type GroupGap } from './largest-gap';
import { spreadOf, videoFigures, type EnrolledVisit, type Spread, type VideoFigures } from './video-figures';
import type { TracedDecision, VideoTrace } from './video-trace';

/** How the chain looked and decided. */
export interface ChainSettings {
  readonly framesPerSecondMax: number;
  readonly faceSizeMinPx: number;
  readonly framesToDecide: number;
  readonly similarityMin: number;
  readonly marginMin: number;
}

/** Somebody who passed as another, or as anybody. */
export interface WrongPass {
  readonly recording: string;
  readonly atMs: number;
  /** By the labels; undefined where nobody, or more than one, can have been meant. */
  readonly person: string | undefined;
  readonly takenFor: string;
  readonly similarity: number | null;
}

/** What `video` finds for one model. */
export interface VideoResult extends VideoFigures {
  readonly protocol: 'video';
  readonly data: string;
  readonly model: string;
  readonly settings: ChainSettings;
  readonly counts: {
    readonly recordings: number;
    readonly frames: number;
    readonly seconds: number;
    readonly visits: number;
    readonly people: number;
    readonly templates: number;
    /** Pictures and recordings of enrolment without a face. */
    readonly failedToEnrol: number;
    /** Somebody passed while nobody is labelled, or while it cannot be said who. In no rate. */
    readonly unattributedPasses: number;
  };
  /** Of every frame, measured on this machine. */
  readonly processing: Spread & {
    /** Share of frames that took longer than the next one waited: a door would have dropped some. */
    readonly tooSlow: number | undefined;
  };
  /** By person, as the labels call them. */
  readonly people: Readonly<Record<string, VideoFigures>>;
  readonly groups?: ByGroup<VideoFigures>;
  readonly largestGap?: GroupGap | undefined;
  readonly wrongPasses: readonly WrongPass[];
}

/** What was enrolled, and what it failed for. */
export interface EnrolmentCounts {
  readonly templates: number;
  readonly failedToEnrol: number;
}

/** How a model's chain saw the recordings. */
export interface TracedRun {
  readonly model: string;
  readonly settings: ChainSettings;
  readonly enrolment: EnrolmentCounts;
  /** In the order of the recordings. */
  readonly traces: readonly VideoTrace[];
}

/** The rates that groups are compared by. */
const GAP_RATES: Readonly<Record<string, (figures: VideoFigures) => number | undefined>> = {
  'right person': ({ enrolled }) => enrolled.right.rate,
  'wrong person': ({ enrolled }) => enrolled.wrongPerson.rate,
  refused: ({ enrolled }) => enrolled.refused.rate,
  missed: ({ enrolled }) => enrolled.missed.rate,
  'false grants': ({ strangers }) => strangers.falseGrants.rate,
};

/**
 * Judges what a door's chain did with recordings by who is on them.
 *
 * People whom an enrolment names count as enrolled, also where it failed; everybody else is a stranger.
 *
 * @returns the figures; the scores, one a visit, are the similarity of its verdict: of the enrolled where it is with
 *   themselves (else -Infinity), of strangers with whomever they resemble most
 */
export function evaluateVideo(
  data: string,
  labels: VideoLabels,
  { model, settings, enrolment, traces }: TracedRun,
): { result: VideoResult; scores: ScoreSet } {
  const enrolled = new Set(labels.enrolments.map(({ person }) => person));
  const judged = labels.recordings.map((_, recording) =>
    judgeRecording(
      labels.visits.filter((visit) => visit.recording === recording),
      traces[recording] ?? { frames: [], decisions: [] },
      (person) => enrolled.has(person),
    ),
  );
  const visits = judged.flatMap((recording) =>
    recording.visits.map((one) => ({
      ...one,
      groups: one.visit.groups,
      isEnrolled: enrolled.has(one.visit.person),
    })),
  );
  const frames = traces.flatMap((trace) => trace.frames);
  const result: VideoResult = {
    protocol: 'video',
    data,
    model,
    settings,
    counts: {
      ...countsOf(traces),
      visits: visits.length,
      people: enrolled.size,
      ...enrolment,
      unattributedPasses: judged.reduce((sum, { unattributed }) => sum + unattributed.length, 0),
    },
    ...videoFigures(visits),
    processing: { ...spreadOf(frames.map(({ processingMs }) => processingMs)), tooSlow: tooSlow(traces) },
    people: byPerson(visits),
    ...grouped(visits),
    wrongPasses: judged.flatMap(({ visits: ofRecording, unattributed }, recording) =>
      wrongPasses(labels.recordings[recording]?.name ?? '', ofRecording, unattributed),
    ),
  };
  return { result, scores: scoresOf(visits) };
}

function countsOf(
  traces: readonly VideoTrace[],
): Pick<VideoResult['counts'], 'recordings' | 'frames' | 'seconds'> {
  return {
    recordings: traces.length,
    frames: traces.reduce((sum, { frames }) => sum + frames.length, 0),
    seconds: traces.reduce((sum, { frames }) => sum + (frames.at(-1)?.atMs ?? 0), 0) / 1000,
  };
}

function byPerson(visits: readonly EnrolledVisit[]): Record<string, VideoFigures> {
  const people = [...new Set(visits.map(({ visit }) => visit.person))].sort();
  return Object.fromEntries(
    people.map((person) => [person, videoFigures(visits.filter(({ visit }) => visit.person === person))]),
  );
}

function grouped(
  visits: readonly (EnrolledVisit & { readonly groups: Readonly<Record<string, string>> })[],
): Pick<VideoResult, 'groups' | 'largestGap'> {
  const groups = byGroup(visits, videoFigures);
  return groups ? { groups, largestGap: largestGap(groups, GAP_RATES) } : {};
}

function wrongPasses(
  recording: string,
  visits: ReturnType<typeof judgeRecording>['visits'],
  unattributed: readonly TracedDecision[],
): WrongPass[] {
  const pass = (person: string | undefined, { atMs, personId, similarity }: TracedDecision): WrongPass => ({
    recording,
    atMs,
    person,
    takenFor: personId ?? '',
    similarity,
  });
  return [
    ...visits.flatMap(({ visit, outcome, decision }) =>
      outcome === 'wrong' && decision ? [pass(visit.person, decision)] : [],
    ),
    ...unattributed.map((decision) => pass(undefined, decision)),
  ];
}

function tooSlow(traces: readonly VideoTrace[]): number | undefined {
  const waits = traces.flatMap(({ frames }) =>
    frames.slice(1).map((next, at) => {
      const frame = frames[at] as typeof next;
      return frame.processingMs > next.atMs - frame.atMs;
    }),
  );
  return rateOf(waits.filter(Boolean).length, waits.length);
}

function scoresOf(visits: readonly EnrolledVisit[]): ScoreSet {
  const own = ({ visit, decision }: EnrolledVisit) =>
    decision?.bestPersonId === visit.person ? (decision.similarity ?? -Infinity) : -Infinity;
  const best = ({ decision }: EnrolledVisit) => decision?.similarity ?? -Infinity;
  return scoreSet(
    visits.filter(({ isEnrolled }) => isEnrolled).map(own),
    visits.filter(({ isEnrolled }) => !isEnrolled).map(best),
  );
}
