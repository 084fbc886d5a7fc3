import { readFileSync } from 'node:fs';
import type { LoadServer } from '../../load/load-server';

const SAMPLE_MS = 100;
const BYTES_PER_MIB = 1024 * 1024;

/** What one export took. */
export interface ExportFigures {
  readonly format: string;
  readonly seconds: number;
  readonly mebibytes: number;
  /** The server's resident memory before, and at its highest while it was made, MiB. */
  readonly rssBefore: number;
  readonly rssPeak: number;
}

/**
 * Takes a report of all events out of a server, as a browser would, and watches the server's memory meanwhile.
 *
 * @throws when the answer is no whole file
 */
export async function measureExport(server: LoadServer, format: 'csv' | 'xlsx'): Promise<ExportFigures> {
  const rssBefore = rssOf(server.pid);
  let rssPeak = rssBefore;
  const timer = setInterval(() => (rssPeak = Math.max(rssPeak, rssOf(server.pid))), SAMPLE_MS);
  const startedAt = performance.now();
  try {
    const bytes = await take(server, format);
    const seconds = (performance.now() - startedAt) / 1000;
    return { format, seconds, mebibytes: bytes / BYTES_PER_MIB, rssBefore, rssPeak };
  } finally {
    clearInterval(timer);
  }
}

async function take(server: LoadServer, format: string): Promise<number> {
  const period = { kind: 'days', from: '1971-01-01', until: '9998-12-30' };
  const answer = await fetch(`${server.url}/api/reports/export`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: server.api.sessionCookie },
    body: JSON.stringify({
      report: { kind: 'events', parameters: { period } },
      ...{ format, language: 'ko', reason: 'Measuring' },
    }),
  });
  if (answer.status !== 200 || !answer.body) {
    throw new Error(`The export was answered with ${answer.status}: ${await answer.text()}`);
  }
  let bytes = 0;
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) bytes += chunk.length;
  return bytes;
}

/** Resident memory of a process, MiB. */
function rssOf(pid: number): number {
  const kibibytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) / 1024;
}
