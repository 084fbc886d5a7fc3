import { FaceCoreError, type FaceCoreErrorLevel } from '../errors';

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
