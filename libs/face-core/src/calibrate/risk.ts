import { FaceCoreError } from '../errors';
import type { Calibration, CalibrationPoint } from './calibration';

/** What a door may risk. */
export interface Risk {
  /** The share of strangers for whom a search may name somebody: more than 0, less than 1. */
  readonly fpirMax: number;
  /** Comparisons a search makes: templates enrolled, 1 or more. */
  readonly gallerySize: number;
}

/** A threshold that keeps a risk, and its price. */
export interface RiskThreshold {
  /** The lowest cosine that keeps the risk. */
  readonly similarityMin: number;
  /** Of one comparison. */
  readonly fmr: number;
  /** Share of the right people who are rejected. */
  readonly fnmr: number;
  /** True where the data do not reach so far, and a fitted tail answers. */
  readonly extrapolated: boolean;
}

/** Why there is no threshold for a risk. */
export interface RefusedRisk {
  /** For people: what the data reach, and what would be needed. */
  readonly refused: string;
}

/** A rate with its 95 % interval, all 0 to 1. */
export interface RateWithInterval {
  readonly rate: number;
  readonly interval: readonly [low: number, high: number];
}

/** What a threshold does at a door. */
export interface ExpectedRates {
  /** Of one comparison. */
  readonly fmr: RateWithInterval;
  /** Of one search by a stranger. */
  readonly fpir: RateWithInterval;
  readonly fnmr: RateWithInterval;
  /** True where `fmr` and `fpir` are a fitted tail's. */
  readonly extrapolated: boolean;
}

/**
 * The lowest threshold at which a search of the gallery names somebody for at most `fpirMax` of all strangers.
 *
 * FPIR = 1 - (1 - FMR)^N for a gallery of N, as if its comparisons were independent; between two points of the
 * calibration the logarithm of the FMR is linear.
 *
 * @returns a refusal where the risk lies past what the data allow to be said
 * @throws {FaceCoreError} `calibration/invalid-risk`
 */
export function thresholdForRisk(calibration: Calibration, risk: Risk): RiskThreshold | RefusedRisk {
  assertRisk(risk);
  const { fpirMax, gallerySize } = risk;
  const fmrMax = -Math.expm1(Math.log1p(-fpirMax) / gallerySize);
  const { points, source } = calibration;
  const at = points.findIndex(({ fmr }) => fmr <= fmrMax);
  const last = points.at(-1) as CalibrationPoint;
  if (at === -1) {
    const needed = Math.ceil(source.impostor * (last.fmr / fmrMax));
    return {
      refused:
        `It takes an FMR of ${fmrMax.toPrecision(2)}; this calibration reaches ${last.fmr.toPrecision(2)}, from ` +
        `${source.impostor} comparisons of two people. About ${needed} are needed.`,
    };
  }
  const [before, after] = [points[Math.max(0, at - 1)], points[at]] as [CalibrationPoint, CalibrationPoint];
  const similarityMin = similarityBetween(before, after, fmrMax);
  const { fnmr } = pointAt(points, similarityMin);
  return { similarityMin, fmr: Math.min(fmrMax, before.fmr), fnmr, extrapolated: after.extrapolated };
}

/**
 * What a threshold does at a door with a gallery of a size.
 *
 * Above the highest point and below the lowest of a calibration the rates are those of that point.
 *
 * @throws {FaceCoreError} `calibration/invalid-risk`
 */
export function expectedRates(
  { points }: Calibration,
  { similarityMin, gallerySize }: { readonly similarityMin: number; readonly gallerySize: number },
): ExpectedRates {
  assertGallery(gallerySize);
  if (!(similarityMin >= -1 && similarityMin <= 1)) {
    throw invalid(`A similarity is from -1 to 1, not ${similarityMin}.`);
  }
  const at = pointAt(points, similarityMin);
  const fpir = (fmr: number) => -Math.expm1(gallerySize * Math.log1p(-fmr));
  return {
    fmr: { rate: at.fmr, interval: [at.fmrLow, at.fmrHigh] },
    fpir: { rate: fpir(at.fmr), interval: [fpir(at.fmrLow), fpir(at.fmrHigh)] },
    fnmr: { rate: at.fnmr, interval: [at.fnmrLow, at.fnmrHigh] },
    extrapolated: at.extrapolated,
  };
}

function pointAt(points: readonly CalibrationPoint[], similarity: number): CalibrationPoint {
  const next = points.findIndex((point) => point.similarity >= similarity);
  if (next === -1) return points.at(-1) as CalibrationPoint;
  const [before, after] = [points[Math.max(0, next - 1)], points[next]] as [
    CalibrationPoint,
    CalibrationPoint,
  ];
  const part = next === 0 ? 1 : (similarity - before.similarity) / (after.similarity - before.similarity);
  const between = (key: Exclude<keyof CalibrationPoint, 'extrapolated'>) => rateBetween(before[key], after[key], part); // prettier-ignore
  const [fmr, fnmr] = [between('fmr'), between('fnmr')];
  return {
    similarity,
    fmr,
    // An end that is 0 goes straight where its rate bends.
    fmrLow: Math.min(fmr, between('fmrLow')),
    fmrHigh: Math.max(fmr, between('fmrHigh')),
    fnmr,
    fnmrLow: Math.min(fnmr, between('fnmrLow')),
    fnmrHigh: Math.max(fnmr, between('fnmrHigh')),
    extrapolated: after.extrapolated,
  };
}

/** Rates live on a logarithmic scale, save where one is 0. */
function rateBetween(before: number, after: number, part: number): number {
  if (part === 0 || part === 1 || before === after) return part === 0 ? before : after;
  if (before <= 0 || after <= 0) return before + (after - before) * part;
  return before * (after / before) ** part;
}

function similarityBetween(before: CalibrationPoint, after: CalibrationPoint, fmr: number): number {
  if (before.fmr <= fmr || after.fmr >= fmr) return after.similarity;
  const part = Math.log(before.fmr / fmr) / Math.log(before.fmr / after.fmr);
  return before.similarity + (after.similarity - before.similarity) * part;
}

function assertRisk({ fpirMax, gallerySize }: Risk): void {
  if (!(fpirMax > 0 && fpirMax < 1)) throw invalid(`A risk is more than 0 and less than 1, not ${fpirMax}.`);
  assertGallery(gallerySize);
}

function assertGallery(gallerySize: number): void {
  if (Number.isSafeInteger(gallerySize) && gallerySize >= 1) return;
  throw invalid(`A gallery has 1 template or more, not ${gallerySize}.`);
}

function invalid(message: string): FaceCoreError {
  return new FaceCoreError('calibration/invalid-risk', message);
}
