import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ManagedProcess } from '../../processes/managed-process';
import { SoakServer } from '../../soak/soak-server';
import { DEMO_DOORS, FIRST_PERSON } from '../../start/demo-site';
import { AGENT_MAIN } from '../../system/paths';
import { quantile } from '../statistics';
import { fromInRange, type Opening } from './openings';
import type { DoorBenchOptions } from './door-options';
import { FRAMES_PER_SECOND, makeVisitsVideo, PERIOD_FRAMES } from './visits-video';

/** How a door keeps up. */
export interface DoorBenchReport {
  readonly visits: number;
  readonly openings: number;
  readonly denials: number;
  /** From the first frame in range to the relay, ms. */
  readonly openingMs: { readonly p50: number; readonly p95: number; readonly p99: number };
  /** What the agent said of its load at the end. */
  readonly load: Readonly<Record<string, unknown>>;
}

/** What starting and loading takes, ms, beside the video itself. */
const STARTING_MS = 20_000;

/** Runs the real agent, with the simulated door, on a real video at 1280x720, 15 frames a second. */
export async function runDoorBench(
  { visits }: DoorBenchOptions,
  mediaDirectory: string,
  report: (line: string) => void,
): Promise<DoorBenchReport> {
  const directory = mkdtempSync(join(tmpdir(), 'munjigi-door-'));
  chmodSync(directory, 0o755);
  try {
    const video = join(directory, 'visits.mp4');
    report('making the video');
    await makeVisitsVideo(join(mediaDirectory, DEMO_DOORS[0]!.video), video, visits);
    const server = await SoakServer.start(join(directory, 'server'), randomBytes(18).toString('base64url'));
    try {
      const { doorId: _, token } = await prepare(server, mediaDirectory);
      const lines = await watchDoor({ directory, video, token, url: server.api.baseUrl, visits }, report);
      return reportOf(lines, visits);
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function prepare({ api }: SoakServer, mediaDirectory: string) {
  await api.setPrivacy({ consent: 'managed-elsewhere' });
  const { id } = await api.createPerson(FIRST_PERSON.name);
  for (const name of FIRST_PERSON.photos)
    await api.enrolPhoto(id, readFileSync(join(mediaDirectory, name)), 'photo.jpg');
  const settings = { faceSizeMinPx: 80, revisitPauseMs: 0, unlockMs: 300 };
  const { door, agentToken } = await api.createDoor('Bench', settings);
  return { doorId: door.id, token: agentToken };
}

interface Watched {
  readonly directory: string;
  readonly video: string;
  readonly token: string;
  readonly url: string;
  readonly visits: number;
}

type Line = Readonly<Record<string, unknown>>;

async function watchDoor(
  { directory, video, token, url, visits }: Watched,
  report: (line: string) => void,
): Promise<Line[]> {
  let text = '';
  const agent = new ManagedProcess({
    name: 'agent',
    command: process.execPath,
    args: [AGENT_MAIN],
    env: {
      ...{ PATH: process.env.PATH, HOME: process.env.HOME, MUNJIGI_MODELS: process.env.MUNJIGI_MODELS },
      ...{ NODE_ENV: 'production', MUNJIGI_SERVER_URL: url, MUNJIGI_AGENT_TOKEN: token },
      ...{ MUNJIGI_DATA: join(directory, 'agent'), MUNJIGI_VIDEO: video },
      MUNJIGI_FRAMES_PER_SECOND_MAX: String(FRAMES_PER_SECOND),
      MUNJIGI_THREADS: process.env.MUNJIGI_THREADS,
    },
    logFile: join(directory, 'agent.log'),
    onOutput: (more) => (text += more),
  });
  agent.start();
  const seconds = (visits * PERIOD_FRAMES) / FRAMES_PER_SECOND;
  report(`${visits} visits, ${seconds} s`);
  await delay(STARTING_MS + seconds * 1000);
  await agent.stop();
  return text.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Line] : []));
}

function reportOf(lines: readonly Line[], visits: number): DoorBenchReport {
  const openings = lines.filter(
    ({ msg }) => msg === 'opened after a face came into range',
  ) as unknown as Opening[];
  if (openings.length === 0) throw new Error('The door did not open once.');
  const took = openings.map(fromInRange);
  const at = (share: number): number => Math.round(quantile(took, share));
  return {
    visits,
    openings: openings.length,
    denials: lines.filter(({ msg, outcome }) => msg === 'access decided' && outcome === 'denied').length,
    openingMs: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    load: lines.findLast(({ msg }) => msg === 'load') ?? {},
  };
}

/** The report as lines for people. */
export function formatDoorBench({ visits, openings, denials, openingMs, load }: DoorBenchReport): string[] {
  const { p50, p95, p99 } = openingMs;
  return [
    `A door on 1280x720 at ${FRAMES_PER_SECOND} frames a second: ${openings} openings, ${denials} denials in ${visits} visits`,
    `  from the first frame in range to the relay: p50 ${p50} ms, p95 ${p95} ms (target 300), p99 ${p99} ms`,
    `  event loop stall: p99 ${Number(load.stallP99Ms).toFixed(1)} ms (target 20)`,
    `  frames dropped ${String(load.framesDropped)}, memory ${String(load.residentMiB)} MiB`,
  ];
}
