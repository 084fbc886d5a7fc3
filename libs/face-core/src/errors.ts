/** How loudly a failure deserves to be logged by whoever handles it. */
export type FaceCoreErrorLevel = 'info' | 'warn' | 'error';

/** What a {@link FaceCoreError} is made of beside its code and message. */
export interface FaceCoreErrorOptions {
  cause?: unknown;
  /** True when the same call may succeed later without a change of its arguments. Default false. */
  retryable?: boolean;
  /** Default `warn`. */
  logLevel?: FaceCoreErrorLevel;
}

/**
 * Every failure that face-core raises on purpose.
 *
 * `code` is `area/reason` and stays stable between versions; the message is for people and may change.
 */
export class FaceCoreError extends Error {
  override readonly name = 'FaceCoreError';
  readonly retryable: boolean;
  readonly logLevel: FaceCoreErrorLevel;

  constructor(
    readonly code: string,
    message: string,
    options: FaceCoreErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.retryable = options.retryable ?? false;
    this.logLevel = options.logLevel ?? 'warn';
  }
}
