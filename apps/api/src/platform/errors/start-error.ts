/** Exit codes of the server, after sysexits.h. */
export const EXIT_CODES = { unavailable: 69, software: 70, configuration: 78 } as const;

/** A reason why the server cannot start, told on the terminal in words for the person who started it. */
export class StartError extends Error {
  override readonly name = 'StartError';

  constructor(
    readonly code: `${string}/${string}`,
    message: string,
    readonly exitCode: number = EXIT_CODES.unavailable,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}
