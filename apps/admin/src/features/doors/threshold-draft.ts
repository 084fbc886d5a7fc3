import type { DoorRisk, DoorSettings, DoorSettingsPatch, ExpectedRates, UnmetRisk } from '@munjigi/contracts';

/** How a door gets its threshold: from a risk, by hand, or as its model has it. */
export type ThresholdMode = 'risk' | 'hand' | 'default';

/** What somebody is about to set; each way keeps what was chosen in it. */
export interface ThresholdDraft {
  readonly mode: ThresholdMode;
  readonly fpirMax: number;
  /** The similarity by hand as it was typed. */
  readonly similarity: string;
}

/** What a draft would do at the door. */
export interface Outlook {
  readonly similarityMin: number;
  readonly expected: ExpectedRates | null;
  readonly unmet: UnmetRisk | null;
}

/** What somebody should know before they save. */
export type OutlookNote = 'open' | 'past-data' | 'not-calibrated' | 'unknown' | 'extrapolated' | 'other-site';

const SUGGESTED_FPIR_MAX = 1e-4;
/** More strangers than this get in: an open door, nearly. A hair over what the largest risk on offer comes to. */
const OPEN_FPIR = 0.0101;

/** The door's settings as a draft. */
export function draftOf(settings: DoorSettings, risk: DoorRisk): ThresholdDraft {
  const { similarityMin, fpirMax } = settings;
  return {
    mode: similarityMin !== null ? 'hand' : fpirMax !== null ? 'risk' : 'default',
    fpirMax: fpirMax ?? SUGGESTED_FPIR_MAX,
    similarity: String(similarityMin ?? rounded(risk.inForce.similarityMin)),
  };
}

/** The step of the slider for a risk: that of the nearest one, on a logarithmic scale. */
export function stepOf(fpirMax: number, { risks }: DoorRisk): number {
  const distances = risks.map((risk) => Math.abs(Math.log(risk.fpirMax / fpirMax)));
  return distances.indexOf(Math.min(...distances));
}

/** The first step whose rates are not counted but fitted, or unknown; undefined where all are counted. */
export function doubtfulFrom({ risks }: DoorRisk): number | undefined {
  const at = risks.findIndex(({ expected, unmet }) => !expected || expected.extrapolated || unmet !== null);
  return at === -1 ? undefined : at;
}

/** A similarity as people type it, 0 to 1, with a point or a comma; null when it is none. */
export function readSimilarity(text: string): number | null {
  const trimmed = text.trim().replace(',', '.');
  if (!/^\d*\.?\d+$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value <= 1 ? value : null;
}

/** The change of settings that makes the door as the draft has it; null when the draft cannot be. */
export function settingsOf({ mode, fpirMax, similarity }: ThresholdDraft): DoorSettingsPatch | null {
  if (mode === 'default') return { similarityMin: null, fpirMax: null };
  if (mode === 'risk') return { similarityMin: null, fpirMax };
  const similarityMin = readSimilarity(similarity);
  return similarityMin === null ? null : { similarityMin };
}

/** What to expect of a draft; null while it is not known. A threshold by hand is known once it was asked for. */
export function outlookOf(draft: ThresholdDraft, risk: DoorRisk, asked: DoorRisk['asked']): Outlook | null {
  if (draft.mode === 'default') return { ...risk.modelDefault, unmet: null };
  if (draft.mode === 'risk') return risk.risks[stepOf(draft.fpirMax, risk)] ?? null;
  const similarityMin = readSimilarity(draft.similarity);
  if (similarityMin === null || asked?.similarityMin !== similarityMin) return null;
  return { ...asked, unmet: null };
}

/** What to say of an outlook, the gravest first. */
export function notesOf({ expected, unmet }: Outlook, { calibration }: DoorRisk): OutlookNote[] {
  const notes: OutlookNote[] = [];
  if (expected && expected.fpir.rate > OPEN_FPIR) notes.push('open');
  if (unmet) notes.push(unmet);
  if (!expected) return unmet === 'not-calibrated' ? notes : [...notes, 'unknown'];
  if (expected.extrapolated) notes.push('extrapolated');
  if (calibration?.origin === 'default') notes.push('other-site');
  return notes;
}

/** How many people there are for each one that a rate takes, to two digits; null for a rate of nobody. */
export function peoplePer(rate: number): number | null {
  return rate > 0 ? Number((1 / rate).toPrecision(2)) : null;
}

function rounded(similarity: number): number {
  return Math.round(similarity * 1000) / 1000;
}
