import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../ports/clock';
import { PageError } from './page-error';
import { isPassword } from './page-password';

/** How long somebody stays signed in, ms. */
export const SESSION_MS = 12 * 60 * 60_000;
const SESSIONS_MAX = 32;
/** So many wrong passwords of one address, and then one more in each pause. */
const ATTEMPTS_MAX = 5;
const ATTEMPT_PAUSE_MS = 30_000;
const ADDRESSES_MAX = 1_000;

/** What a sign-in works with. */
export interface SignInOptions {
  /** Null: nobody has to sign in. */
  readonly passwordHash: string | null;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}

/** Who may use the page: whoever knew its password a while ago. Nothing of it outlives the process. */
export class SignIn {
  readonly #options: SignInOptions;
  /** Digests of the tokens, and when they end. */
  readonly #sessions = new Map<string, number>();
  /** When each address has made good for its wrong passwords. */
  readonly #debts = new Map<string, number>();

  constructor(options: SignInOptions) {
    this.#options = options;
  }

  /** Whether there is a password at all. */
  get isNeeded(): boolean {
    return this.#options.passwordHash !== null;
  }

  /** Whether a token was given out here, and still counts. */
  isSignedIn(token: string | null): boolean {
    if (!this.isNeeded) return true;
    const untilMs = token === null ? undefined : this.#sessions.get(digestOf(token));
    return untilMs !== undefined && this.#options.clock.monotonicMs() < untilMs;
  }

  /**
   * Signs somebody in.
   *
   * @returns the token that shows it from now on
   * @throws {PageError} `page/wrong-password`, `page/too-many-attempts`
   */
  async signIn(password: string, address: string): Promise<string> {
    const { passwordHash, clock } = this.#options;
    // Counted before the answer is known: many guesses at once are not one guess.
    const undo = this.#count(address, clock.monotonicMs());
    if (passwordHash !== null && !(await isPassword(password, passwordHash)))
      throw new PageError('page/wrong-password', 'The password is wrong.', { status: 401 });
    undo();
    const token = randomBytes(32).toString('base64url');
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= SESSIONS_MAX && oldest !== undefined) this.#sessions.delete(oldest);
    this.#sessions.set(digestOf(token), clock.monotonicMs() + SESSION_MS);
    return token;
  }

  signOut(token: string | null): void {
    if (token !== null) this.#sessions.delete(digestOf(token));
  }

  #count(address: string, nowMs: number): () => void {
    const before = Math.max(nowMs, this.#debts.get(address) ?? 0);
    if (before - nowMs > (ATTEMPTS_MAX - 1) * ATTEMPT_PAUSE_MS)
      throw new PageError(
        'page/too-many-attempts',
        'There were too many wrong passwords. Wait half a minute.',
        {
          status: 429,
        },
      );
    const [oldest] = this.#debts.keys();
    if (this.#debts.size >= ADDRESSES_MAX && oldest !== undefined) this.#debts.delete(oldest);
    this.#debts.set(address, before + ATTEMPT_PAUSE_MS);
    return () => void this.#debts.delete(address);
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
