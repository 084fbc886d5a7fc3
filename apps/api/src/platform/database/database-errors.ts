/** What may be known of an error of the database or of its connection. */
interface Failure {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly syscall?: unknown;
  readonly message?: unknown;
  readonly driverError?: unknown;
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

const CONNECTION_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** Shutting down, crashed, starting, out of connections, statement timeout, read-only standby. */
const SERVER_CODES = new Set(['57P01', '57P02', '57P03', '53300', '57014', '25006']);
const CONNECTION_MESSAGES = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Query read timeout',
  'Client has encountered a connection error',
  'Driver not Connected',
];

/** Whether an error means that the database cannot be reached or cannot serve now, so that a retry may succeed. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, syscall, message, driverError, cause, errors } = error as Failure;
  if (syscall === 'connect') return true;
  if (typeof code === 'string') {
    if (CONNECTION_CODES.has(code) || SERVER_CODES.has(code) || code.startsWith('08')) return true;
  }
  if (typeof message === 'string' && CONNECTION_MESSAGES.some((text) => message.includes(text))) return true;
  return [driverError, cause, ...(errors ?? [])].some(isDatabaseUnavailable);
}

/** The constraint that a statement violated, or null when that is not what went wrong. */
export function violatedConstraint(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  const { code, constraint, driverError } = error as Failure;
  if (typeof code === 'string' && code.startsWith('23') && typeof constraint === 'string') return constraint;
  return violatedConstraint(driverError);
}

/** Whether the database refused what a statement was to write, and would again: bad data, or a violated constraint. */
export function isRefusedData(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, driverError } = error as Failure;
  return (typeof code === 'string' && /^2[23][0-9A-Z]{3}$/.test(code)) || isRefusedData(driverError);
}
