import { AgentError } from '../domain/agent-error';

/** A refusal that the page shows: a code for programs, a sentence for people, and the HTTP status of it. */
export class PageError extends AgentError {
  readonly status: number;
  /** What else the page may go by; which, the code says. */
  readonly facts: Readonly<Record<string, unknown>> | undefined;

  /** @param code `area/reason` @param status 400 to 599 */
  constructor(
    code: string,
    message: string,
    { status, facts, ...options }: ErrorOptions & { status: number; facts?: Record<string, unknown> },
  ) {
    super(code, message, options);
    this.name = 'PageError';
    this.status = status;
    this.facts = facts;
  }
}
