import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { messageOf } from '../domain/agent-error';
import { fail, ok, warn, type Check } from './finding';

/** A clock that is further off makes events hard to read, and rules that depend on the time wrong, ms. */
const CLOCK_OFF_MAX_MS = 2_000;
const ANSWER_LIMIT_MS = 5_000;

interface Answer {
  readonly status: number;
  readonly tookMs: number;
  /** The server's clock minus this one's, to a second; null when the server does not tell. */
  readonly clockOffMs: number | null;
}

/** Whether the server can be reached; a door that cannot decides by itself meanwhile. */
export function serverCheck(serverUrl: string): Check {
  return {
    name: 'server',
    run: async () => {
      try {
        const { status, tookMs } = await ask(serverUrl);
        const found = `${serverUrl} answers in ${tookMs.toFixed(0)} ms`;
        if (status === 200) return ok(found);
        return fail(
          `${serverUrl} answers with ${status}`,
          'Is this the address of a Munjigi server? Set MUNJIGI_SERVER_URL.',
        );
      } catch (error) {
        return fail(
          `${serverUrl} does not answer: ${reasonOf(error)}`,
          'Check cable, address and firewall. The door works without it, and hands its events over later.',
        );
      }
    },
  };
}

/** Whether the clock is set, by the system's word and, where there is one, by the server's. */
export function clockCheck(serverUrl: string | null): Check {
  return {
    name: 'clock',
    run: async () => {
      const [synchronised, answer] = await Promise.all([
        isSynchronised(),
        serverUrl === null ? null : ask(serverUrl).catch(() => null),
      ]);
      const off = answer?.clockOffMs ?? null;
      const byServer = off === null ? '' : `, ${(Math.abs(off) / 1000).toFixed(0)} s from the server’s`;
      const found = `${new Date().toISOString()}${byServer}`;
      // The server's header has whole seconds.
      if (off !== null && Math.abs(off) > CLOCK_OFF_MAX_MS + 1_000)
        return fail(found, 'Set the clock of both with NTP: timedatectl set-ntp true.');
      if (synchronised === false) return warn(`${found}, not synchronised`, 'timedatectl set-ntp true');
      return ok(
        synchronised === null ? `${found}; the system does not tell whether it is synchronised` : found,
      );
    },
  };
}

async function ask(serverUrl: string): Promise<Answer> {
  const begun = performance.now();
  const response = await fetch(new URL('/api/health/live', serverUrl), {
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
  });
  const tookMs = performance.now() - begun;
  await response.body?.cancel();
  const date = Date.parse(response.headers.get('date') ?? '');
  return { status: response.status, tookMs, clockOffMs: Number.isNaN(date) ? null : date - Date.now() };
}

/** Null where the system does not tell. */
async function isSynchronised(): Promise<boolean | null> {
  try {
    const { stdout } = await promisify(execFile)('timedatectl', ['show', '-p', 'NTPSynchronized', '--value']);
    return stdout.trim() === '' ? null : stdout.trim() === 'yes';
  } catch {
    return null;
  }
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : messageOf(error);
}
