import type { AnalyzedFace, DetectedFace } from '../detect/face';
import type { DetectOptions } from '../detect/mtcnn';
import { FaceCoreError, type FaceCoreErrorLevel } from '../errors';

/** A frame on its way to the inference thread. Its buffer travels there and comes back with the answer. */
export interface WireFrame {
  readonly buffer: ArrayBuffer;
  readonly width: number;
  readonly height: number;
}

/** What the inference thread can be asked, and what it answers. */
export interface EngineCalls {
  detect: { ask: { frame: WireFrame; options: DetectOptions }; answer: DetectedFace[] };
  analyze: { ask: { frame: WireFrame; options: DetectOptions }; answer: AnalyzedFace[] };
  embed: { ask: { crops: readonly Uint8Array[] }; answer: Float32Array[] };
  close: { ask: object; answer: null };
}

export type EngineCall = keyof EngineCalls;

/** A question, numbered by the asking side. */
export type EngineRequest = {
  [Call in EngineCall]: { readonly id: number; readonly call: Call; readonly ask: EngineCalls[Call]['ask'] };
}[EngineCall];

/** The answer to the question of the same number; `buffer` gives a frame's memory back. */
export type EngineResponse =
  | { readonly id: number; readonly answer: EngineCalls[EngineCall]['answer']; readonly buffer?: ArrayBuffer }
  | { readonly id: number; readonly error: WireError; readonly buffer?: ArrayBuffer };

/** What the thread says once, when its models are loaded or cannot be. */
export type EngineGreeting =
  | { readonly modelId: string; readonly dimension: number; readonly similarityMin: number }
  | { readonly error: WireError };

/** An error as it crosses threads, where classes are lost. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly logLevel: FaceCoreErrorLevel;
  /** Of an error that nobody foresaw. */
  readonly stack?: string;
}

/** Takes an error apart for the wire. */
export function toWire(error: unknown): WireError {
  if (error instanceof FaceCoreError) {
    const { code, message, retryable, logLevel } = error;
    return { code, message, retryable, logLevel };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { code: 'engine/failed', message, retryable: false, logLevel: 'error', stack };
}

/** Puts an error together again. */
export function fromWire({ code, message, retryable, logLevel, stack }: WireError): FaceCoreError {
  return new FaceCoreError(code, message, { retryable, logLevel, cause: stack });
}
