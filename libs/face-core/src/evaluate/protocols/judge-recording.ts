import type { LabelledVisit } from '../readers/video-labels';
import type { TracedDecision, TracedFrame, VideoTrace } from './video-trace';

/**
 * What a visit came to: `right`, the person passes as themselves; `wrong`, somebody passes as another, whatever else
 * happens; `refused`, the face is nobody's; `undecided`, no verdict at all.
 */
export type VisitOutcome = 'right' | 'wrong' | 'refused' | 'undecided';

/** A visit with what the chain made of it. */
export interface JudgedVisit {
  readonly visit: LabelledVisit;
  readonly outcome: VisitOutcome;
  /** The verdict that makes the outcome. */
  readonly decision: TracedDecision | undefined;
  /** From the first frame in which a face is found, in video time; undefined where nothing was decided. */
  readonly fromSeenMs: number | undefined;
  /** From the first frame in which the door follows a face. */
  readonly fromInRangeMs: number | undefined;
  /** Whether the person was refused before they passed. */
  readonly refusedFirst: boolean;
}

/** A recording's visits, and who passed although nobody can have been meant. */
export interface JudgedRecording {
  readonly visits: readonly JudgedVisit[];
  /** Somebody passed while nobody is labelled, or while several others were there. */
  readonly unattributed: readonly TracedDecision[];
}

interface Draft {
  readonly visit: LabelledVisit;
  right?: TracedDecision;
  wrong?: TracedDecision;
  refusal?: TracedDecision;
  refusedFirst: boolean;
}

/** Labels are written by hand: a verdict so near to a visit still belongs to it. */
const SLACK_MS = 1000;

/**
 * Says what became of each visit of one recording.
 *
 * The labels do not say which face is whose. A verdict that names somebody who is there is theirs; one that names
 * another is that of the only visitor who has not passed as themselves, else of nobody in particular; a face that is
 * nobody's is that of the person it resembles most, else of a stranger, else of any who has no verdict yet.
 *
 * @param visits of this recording
 * @param isEnrolled by name
 */
export function judgeRecording(
  visits: readonly LabelledVisit[],
  { frames, decisions }: VideoTrace,
  isEnrolled: (person: string) => boolean,
): JudgedRecording {
  const drafts: Draft[] = visits.map((visit) => ({ visit, refusedFirst: false }));
  const passed = decisions.filter(({ personId }) => personId !== null);
  const foreign = passed.filter((decision) => !passesAsThemselves(decision, drafts));
  const unattributed = foreign.filter((decision) => !passesAsAnother(decision, drafts));
  for (const decision of decisions) if (decision.personId === null) refuse(decision, drafts, isEnrolled);
  return { visits: drafts.map((draft) => judged(draft, frames)), unattributed };
}

function passesAsThemselves(decision: TracedDecision, drafts: readonly Draft[]): boolean {
  const own = openAt(decision, drafts).find(({ visit }) => visit.person === decision.personId);
  if (own) own.right ??= decision;
  return own !== undefined;
}

function passesAsAnother(decision: TracedDecision, drafts: readonly Draft[]): boolean {
  const open = openAt(decision, drafts);
  const suspects = open.filter(({ right }) => !right);
  const [suspect, ...others] = open.length === 1 ? open : suspects;
  if (!suspect || others.length > 0) return false;
  suspect.wrong ??= decision;
  return true;
}

function refuse(
  decision: TracedDecision,
  drafts: readonly Draft[],
  isEnrolled: (person: string) => boolean,
): void {
  const open = openAt(decision, drafts);
  const free = open.filter(({ right, wrong, refusal }) => !right && !wrong && !refusal);
  const likeliest =
    free.find(({ visit }) => visit.person === decision.bestPersonId) ??
    free.find(({ visit }) => !isEnrolled(visit.person)) ??
    free[0];
  if (likeliest) likeliest.refusal = decision;
  const [only, ...others] = open;
  if (others.length === 0 && only?.right && decision.atMs < only.right.atMs) only.refusedFirst = true;
}

/** Who is there at a verdict; if nobody is, who was or will be in a moment. */
function openAt({ atMs }: TracedDecision, drafts: readonly Draft[]): Draft[] {
  const within = (slackMs: number) =>
    drafts.filter(({ visit }) => atMs >= visit.startMs - slackMs && atMs <= visit.endMs + slackMs);
  const there = within(0);
  return there.length > 0 ? there : within(SLACK_MS);
}

function judged(
  { visit, right, wrong, refusal, refusedFirst }: Draft,
  frames: readonly TracedFrame[],
): JudgedVisit {
  const decision = wrong ?? right ?? refusal;
  const since = (is: (frame: TracedFrame) => boolean): number | undefined => {
    if (!decision) return undefined;
    const first = frames.find((frame) => frame.atMs >= visit.startMs && is(frame));
    return Math.max(0, decision.atMs - (first?.atMs ?? decision.atMs));
  };
  return {
    visit,
    outcome: outcomeOf({ right, wrong, refusal }),
    decision,
    fromSeenMs: since(({ isSeen }) => isSeen),
    fromInRangeMs: since(({ isInRange }) => isInRange),
    refusedFirst: refusedFirst && !wrong,
  };
}

function outcomeOf({ right, wrong, refusal }: Pick<Draft, 'right' | 'wrong' | 'refusal'>): VisitOutcome {
  if (wrong) return 'wrong';
  if (right) return 'right';
  return refusal ? 'refused' : 'undecided';
}
