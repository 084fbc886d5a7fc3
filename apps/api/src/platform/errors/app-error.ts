/** How a refusal is meant; each transport maps it to its own status. */
export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'unsupported'
  | 'unprocessable'
  | 'throttled'
  | 'unavailable'
  | 'internal';

/** What is wrong with which field, as both transports tell it. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}

/** Everything an {@link AppError} may say beside its kind, code and title. */
export interface AppErrorOptions {
  /** What happened in this case and what to do about it, for people. */
  readonly detail?: string;
  readonly issues?: readonly Issue[];
  /** What else a program may go by. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** After how long the same request may succeed, seconds. Its presence means that a retry makes sense. */
  readonly retryAfterSeconds?: number;
}

/** The one base of every failure that a caller is told of; `code` is `area/reason` and stable. */
export class AppError extends Error {
  override readonly name: string = 'AppError';
  readonly detail?: string;
  readonly issues?: readonly Issue[];
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds?: number;

  constructor(
    readonly kind: ErrorKind,
    readonly code: `${string}/${string}`,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.detail = options.detail;
    this.issues = options.issues;
    this.facts = options.facts;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  /** Whether the same request may succeed later, unchanged. */
  get retryable(): boolean {
    return this.kind === 'unavailable' || this.kind === 'throttled';
  }

  /** What the log makes of it: our own faults are errors, lost dependencies warnings, the rest is daily life. */
  get logLevel(): 'error' | 'warn' | 'debug' {
    if (this.kind === 'internal') return 'error';
    return this.kind === 'unavailable' ? 'warn' : 'debug';
  }
}
