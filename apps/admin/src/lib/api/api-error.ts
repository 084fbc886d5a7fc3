import type { Problem } from '@munjigi/contracts';

/** Codes that the client itself gives, where no problem document came. */
export const CLIENT_CODES = {
  unreachable: 'client/unreachable',
  unexpected: 'client/unexpected-answer',
  /** The person turned the browser's question away, or it waited too long. */
  passkeyCancelled: 'client/passkey-cancelled',
  /** This device has a passkey for the account already. */
  passkeyKnown: 'client/passkey-known',
  passkeyFailed: 'client/passkey-failed',
} as const;

/** A request that did not give what was asked for, with the stable `area/reason` code that says why. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  /**
   * @param code of the problem document, or one of {@link CLIENT_CODES}
   * @param status HTTP status; 0 when no answer came
   */
  constructor(
    readonly code: string,
    readonly status: number,
    readonly problem: Problem | null = null,
    options?: ErrorOptions,
  ) {
    super(problem?.title ?? code, options);
  }
}

/** True when the session has ended, or never began. A refused sign-in is not that, though it is a 401 as well. */
export function isSignedOut(error: unknown): boolean {
  if (!(error instanceof ApiError) || error.status !== 401) return false;
  return error.code === 'auth/unauthenticated' || error.code === CLIENT_CODES.unexpected;
}

/** The error of a refused answer: its problem document's, or `client/unexpected-answer` when the body is none. */
export function errorOfAnswer(status: number, body: unknown): ApiError {
  if (isProblem(body)) return new ApiError(body.code, status, body);
  return new ApiError(CLIENT_CODES.unexpected, status);
}

/** Whether this is what the server refuses with, as far as it is shown to people. */
function isProblem(body: unknown): body is Problem {
  const { code, title, detail } = (body ?? {}) as Partial<Record<keyof Problem, unknown>>;
  return (
    typeof code === 'string' &&
    /^[a-z0-9-]+\/[a-z0-9-]+$/.test(code) &&
    typeof title === 'string' &&
    (detail === undefined || typeof detail === 'string')
  );
}
