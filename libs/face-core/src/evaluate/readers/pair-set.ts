import { FaceCoreError } from '../../errors';
import type { Groups } from './groups';
import type { EvaluationImage } from './images';

/** Two pictures to compare. */
export interface ImagePair {
  /** Indexes in the list of pictures. */
  readonly a: number;
  readonly b: number;
  /** True when they show one person. */
  readonly same: boolean;
  readonly fold: number;
  readonly groups: Groups;
}

/** A verification protocol. */
export interface PairSet {
  readonly images: readonly EvaluationImage[];
  readonly pairs: readonly ImagePair[];
  /** True when the pictures are crops that are aligned already, 112 x 112. */
  readonly aligned: boolean;
}

/**
 * Lets only a pair of two pictures pass.
 *
 * @throws {FaceCoreError} `evaluate/same-image` when both are one: it would compare a picture with itself
 */
export function assertTwo(pair: { readonly a: number; readonly b: number }, where: string): void {
  if (pair.a !== pair.b) return;
  throw new FaceCoreError('evaluate/same-image', `${where}: the pair names one picture twice.`);
}

/** @throws {FaceCoreError} `evaluate/empty-input` when there is nothing to compare */
export function assertPairs(pairs: readonly ImagePair[], path: string): void {
  if (pairs.length > 0) return;
  throw new FaceCoreError('evaluate/empty-input', `${path} names no pair.`);
}
