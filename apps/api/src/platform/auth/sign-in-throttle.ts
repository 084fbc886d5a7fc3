import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { tooManyAttempts } from './sign-in.errors';

/** How many attempts may fail in a row before the next has to wait, by what is counted. */
const FREE = { account: 10, browser: 10, address: 50 } as const;
/** How long failures are remembered without a new one. */
const REMEMBERED_SECONDS = { account: 86_400, browser: 86_400, address: 3_600 } as const;
const WAIT_FIRST_SECONDS = 60;
/** Nobody is locked out for longer, whoever guesses and for how long. */
const WAIT_MAX_SECONDS = 900;

type Kind = keyof typeof FREE;

/** Whose sign-in it is, as far as is known before it is checked. */
export interface Attempted {
  readonly email: string;
  readonly address: string | null;
  /** The {@link KnownBrowser} of this account that it comes from, or null. */
  readonly browserId: string | null;
}

/** An attempt that may be checked. It counts as failed until it is said to have succeeded. */
export interface Attempt {
  /** It was all right: the account, or the browser, starts anew. */
  succeed(): Promise<void>;
  /** It was neither right nor wrong: it counts as if it had not been. */
  takeBack(): Promise<void>;
}

/**
 * Slows guessing down: counts attempts by account and by address, in the database, so that a restart and a second
 * server change nothing. After ten failures in a row each further one doubles the wait, from one to fifteen minutes.
 *
 * A browser that the account has signed in with before is counted by itself, so that a stranger who guesses all day
 * does not keep the owner out.
 */
@Injectable()
export class SignInThrottle {
  constructor(private readonly dataSource: DataSource) {}

  /** Counts an attempt. @throws {AppError} `auth/too-many-attempts` when it must not be looked at. */
  async begin({ email, address, browserId }: Attempted): Promise<Attempt> {
    const whose = browserId === null ? keyOf('account', email) : keyOf('browser', browserId);
    const where = keyOf('address', networkOf(address ?? 'unknown'));
    await this.forget();
    for (const key of [where, whose]) await this.count(key);
    return {
      succeed: async () => {
        await this.dataSource.query('DELETE FROM sign_in_attempt WHERE key = $1', [whose.key]);
        await this.uncount([where.key]);
      },
      takeBack: () => this.uncount([where.key, whose.key]),
    };
  }

  /** Counted and judged in one statement: guesses that come at once do not slip through. */
  private async count({ kind, key }: Key): Promise<void> {
    const counted = await this.dataSource.query<unknown[]>(
      `INSERT INTO sign_in_attempt AS counted (key, failures, last_at) VALUES ($1, 1, now())
       ON CONFLICT (key) DO UPDATE SET
         failures = CASE WHEN ${FRESH} THEN counted.failures + 1 ELSE 1 END,
         last_at = now(),
         blocked_until = CASE WHEN ${FRESH} AND counted.failures + 1 >= $3
           THEN now() + least($5::float8, $4 * 2 ^ least(counted.failures + 1 - $3, 20)) * interval '1 second' END
       WHERE counted.blocked_until IS NULL OR counted.blocked_until <= now()
       RETURNING 1`,
      [key, REMEMBERED_SECONDS[kind], FREE[kind], WAIT_FIRST_SECONDS, WAIT_MAX_SECONDS],
    );
    if (counted.length > 0) return;
    const [blocked] = await this.dataSource.query<{ seconds: number }[]>(
      `SELECT ceil(extract(epoch FROM blocked_until - now()))::int AS seconds FROM sign_in_attempt WHERE key = $1`,
      [key],
    );
    throw tooManyAttempts(Math.max(1, blocked?.seconds ?? 1));
  }

  private async uncount(keys: readonly string[]): Promise<void> {
    await this.dataSource.query(
      `UPDATE sign_in_attempt SET failures = greatest(0, failures - 1), blocked_until = NULL WHERE key = ANY($1)`,
      [keys],
    );
  }

  private async forget(): Promise<void> {
    await this.dataSource.query(
      `DELETE FROM sign_in_attempt WHERE last_at < now() - $1 * interval '1 second'`,
      [Math.max(...Object.values(REMEMBERED_SECONDS))],
    );
  }
}

const FRESH = `counted.last_at > now() - $2 * interval '1 second'`;

interface Key {
  readonly kind: Kind;
  readonly key: string;
}

function keyOf(kind: Kind, subject: string): Key {
  return { kind, key: `${kind}:${createHash('sha256').update(subject, 'utf8').digest('hex')}` };
}

/** Who has one IPv6 address has 2^64 of them: the network counts as one. */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':');
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - groups.filter(Boolean).length - rest.length;
  return [...groups.filter(Boolean), ...Array.from({ length: zeros }, () => '0'), ...rest]
    .slice(0, 4)
    .join(':');
}
