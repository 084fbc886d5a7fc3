import { Injectable } from '@nestjs/common';
import type { Health } from '@munjigi/contracts';

/** How one part of the server is. */
export type CheckResult = Health['checks'][string];

/** A probe must answer before whoever asked gives up. */
const TIMEOUT_MS = 3_000;
/** Many may probe: within this time they get the same answer, of parts that are not vital. */
const KEEP_MS = 2_000;

interface Check {
  readonly ask: () => Promise<CheckResult>;
  /** Without it nothing can be served. */
  readonly isVital: boolean;
  kept?: { readonly at: number; readonly result: Promise<CheckResult> };
}

/**
 * How the parts of the server are. Without a vital one it is dead (`error`); with any other that is not well it is
 * `degraded`, serves, and must not be restarted for it.
 */
@Injectable()
export class HealthChecks {
  private readonly checks = new Map<string, Check>();

  /** Adds a part. What throws, or does not answer in time, is down. */
  add(name: string, ask: () => Promise<CheckResult>, { isVital = false } = {}): void {
    this.checks.set(name, { ask, isVital });
  }

  /** How all parts are: the vital ones now, the others at most two seconds ago. */
  async all(): Promise<Health> {
    const results = await Promise.all(
      [...this.checks].map(async ([name, check]) => [name, await resultOf(check), check.isVital] as const),
    );
    const isDead = results.some(([, { status }, isVital]) => isVital && status === 'down');
    const isWell = results.every(([, { status }]) => status === 'up');
    return {
      status: isDead ? 'error' : isWell ? 'ok' : 'degraded',
      checks: Object.fromEntries(results.map(([name, result]) => [name, result])),
    };
  }

  /** Whether it can serve, with the vital parts alone: for whoever asks. */
  async summary(): Promise<Health> {
    const { status, checks } = await this.all();
    const vital = Object.entries(checks).filter(([name]) => this.checks.get(name)?.isVital);
    return { status, checks: Object.fromEntries(vital) };
  }
}

function resultOf(check: Check): Promise<CheckResult> {
  const now = Date.now();
  if (check.isVital) return answerOf(check);
  if (!check.kept || now - check.kept.at > KEEP_MS) check.kept = { at: now, result: answerOf(check) };
  return check.kept.result;
}

async function answerOf({ ask }: Check): Promise<CheckResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<CheckResult>((resolve) => {
    timer = setTimeout(resolve, TIMEOUT_MS, { status: 'down', message: 'It does not answer.' });
  });
  const failed = (): CheckResult => ({ status: 'down', message: 'It could not be asked.' });
  return Promise.race([Promise.resolve().then(ask).catch(failed), late]).finally(() => clearTimeout(timer));
}
