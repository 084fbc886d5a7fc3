import { ApiError, CLIENT_CODES } from '../api/api-error';

/** What the server sends for the browser's own interface, which alone looks inside. */
export interface PasskeyQuestion {
  readonly challengeId: string;
  readonly options: Record<string, unknown>;
}

/** What goes back to the server. */
export interface PasskeyAnswer {
  readonly challengeId: string;
  readonly response: Record<string, unknown>;
}

/** Whether a browser at this host name can have passkeys: they belong to names, never to numbers. */
export function passkeysPossible(hostname: string): boolean {
  const isNumber = /^[\d.]+$/.test(hostname) || hostname.startsWith('[');
  return !isNumber && 'PublicKeyCredential' in globalThis;
}

/**
 * Signs in at the device: the browser asks which passkey, and for the device's lock.
 *
 * @throws {ApiError} `client/passkey-cancelled` or `client/passkey-failed`
 */
export function answerWithPasskey(question: PasskeyQuestion): Promise<PasskeyAnswer> {
  return ask(question, async (optionsJSON) => {
    const { startAuthentication } = await import('@simplewebauthn/browser');
    return startAuthentication({ optionsJSON: optionsJSON as never });
  });
}

/**
 * Makes a passkey on this device.
 *
 * @throws {ApiError} `client/passkey-known` where there is one already, else as {@link answerWithPasskey}
 */
export function makePasskey(question: PasskeyQuestion): Promise<PasskeyAnswer> {
  return ask(question, async (optionsJSON) => {
    const { startRegistration } = await import('@simplewebauthn/browser');
    return startRegistration({ optionsJSON: optionsJSON as never });
  });
}

async function ask(
  { challengeId, options }: PasskeyQuestion,
  browser: (options: Record<string, unknown>) => Promise<object>,
): Promise<PasskeyAnswer> {
  try {
    return { challengeId, response: { ...(await browser(options)) } };
  } catch (cause) {
    throw new ApiError(codeOfRefusal(cause), 0, null, { cause });
  }
}

/** The browser's interface names its refusals; their texts are for nobody. */
export function codeOfRefusal(error: unknown): string {
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return CLIENT_CODES.passkeyCancelled;
  return name === 'InvalidStateError' ? CLIENT_CODES.passkeyKnown : CLIENT_CODES.passkeyFailed;
}
