import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { modelIdSchema } from '@munjigi/contracts';
import { readDoorFile } from './adapters/door/read-door-file';
import { readCertificates } from './pairing/read-certificates';
import type { DoorHardwareConfig } from './adapters/door/hardware-config';
import { identityPath, pairedServerUrl } from './adapters/store/identity-file';
import type { SystemdConfig } from './adapters/supervisor/systemd-supervisor';
import { AgentError, messageOf } from './domain/agent-error';
import { readPasswordHash } from './page/page-password';

const flag = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'], 'must be true or false')
  .transform((value) => ['true', '1', 'yes'].includes(value));

const text = z.string('is not set').min(1);

const DATA_DEFAULT = './data/agent';

/** Every variable that the agent reads; an empty one counts as not set. */
const environmentSchema = z
  .object({
    /** Address of the server, http or https; unset: the one that this computer was paired with, or none. */
    MUNJIGI_SERVER_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
    /** File with who alone vouches for the server, or with its own certificate, PEM; unset: whom the system trusts. */
    MUNJIGI_SERVER_CA_FILE: text.optional(),
    /** The token that the server gave for this door; or else the path of a file that holds it. */
    MUNJIGI_AGENT_TOKEN: text.max(256).optional(),
    MUNJIGI_AGENT_TOKEN_FILE: text.optional(),
    /** The one-time code to pair this computer with its door at the first start; passed over once it is paired. */
    MUNJIGI_PAIRING_CODE: text.max(32).optional(),
    /** The agent's own folder: outbox, gallery, device key, identity. One agent a folder. */
    MUNJIGI_DATA: text.default(DATA_DEFAULT),
    /** Room on the disk of that folder, MiB, below which an alarm is raised; pictures go below half of it. */
    MUNJIGI_DISK_LOW_MIB: z.coerce.number().int().min(1).max(1_000_000).default(1024),
    /** A video that stands for the camera, where neither the server nor a file says which camera it is. */
    MUNJIGI_VIDEO: text.optional(),
    /** A file with the camera's settings, JSON; the server's, where there are any, win. */
    MUNJIGI_CAMERA_FILE: text.optional(),
    /** Whether the video begins again at its end. */
    MUNJIGI_VIDEO_LOOP: flag.default(false),
    /** Frames a second of that video that are looked at, at most; 1 to 30. */
    MUNJIGI_FRAMES_PER_SECOND_MAX: z.coerce.number().min(1).max(30).default(10),
    /** Folder of the installed models; unset: the user's cache folder. */
    MUNJIGI_MODELS: text.optional(),
    /** The model that faces are compared with. */
    MUNJIGI_MODEL: modelIdSchema.default('mobilefacenet-192'),
    /** The model that tells a live face from a picture of one; `none` has none, and a door that asks then denies. */
    MUNJIGI_LIVENESS_MODEL: modelIdSchema.default('fr-liveness'),
    /** Threads of one inference, 1 to 16. */
    MUNJIGI_THREADS: z.coerce.number().int().min(1).max(16).default(1),
    /** The file that says how the door's wires are reached (JSON); unset: a simulated door. */
    MUNJIGI_DOOR_FILE: text.optional(),
    /** TCP port of this computer's own page; unset: there is none. */
    MUNJIGI_PAGE_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
    /** The address that the page is served at; one that others can reach needs a password (page-password). */
    MUNJIGI_PAGE_ADDRESS: z.union([z.ipv4(), z.ipv6()], 'must be an IP address').default('127.0.0.1'),
    /** The ffmpeg to use; unset: the first on PATH, else the one that came with the installation. */
    FFMPEG_PATH: text.optional(),
    /** A file that says by how many ms this agent's wall clock is wrong: for tests of what it does then. */
    MUNJIGI_CLOCK_FILE: text.optional(),
    /** Where systemd listens, and for how long it bears silence (µs), from which process: it sets them itself. */
    NOTIFY_SOCKET: text.optional(),
    WATCHDOG_USEC: z.coerce.number().int().positive().optional(),
    WATCHDOG_PID: z.coerce.number().int().positive().optional(),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    PATH: z.string().default(''),
  })
  .refine(
    (env) =>
      env.MUNJIGI_AGENT_TOKEN === undefined
        ? env.MUNJIGI_SERVER_URL === undefined ||
          env.MUNJIGI_AGENT_TOKEN_FILE !== undefined ||
          env.MUNJIGI_PAIRING_CODE !== undefined ||
          existsSync(identityPath(env.MUNJIGI_DATA ?? DATA_DEFAULT))
        : env.MUNJIGI_AGENT_TOKEN_FILE === undefined,
    {
      path: ['MUNJIGI_AGENT_TOKEN'],
      error:
        'is not needed once this computer is paired (the command pair, or MUNJIGI_PAIRING_CODE); otherwise set ' +
        'either MUNJIGI_AGENT_TOKEN or MUNJIGI_AGENT_TOKEN_FILE',
      when: () => true,
    },
  )
  .refine(
    (env) =>
      env.MUNJIGI_SERVER_URL !== undefined ||
      (env.MUNJIGI_PAGE_PORT !== undefined && env.MUNJIGI_PAIRING_CODE === undefined) ||
      pairedServerUrl(env.MUNJIGI_DATA ?? DATA_DEFAULT) !== null,
    {
      path: ['MUNJIGI_SERVER_URL'],
      error:
        'must be set to an http or https address; a door that stands alone needs MUNJIGI_PAGE_PORT instead, for ' +
        'the page that it is set up by',
      when: () => true,
    },
  );

/** How one agent runs. */
export interface AgentConfig {
  /** Null: there is none yet, and the door stands alone. */
  readonly serverUrl: string | null;
  /** The address that the configuration names; null: it names none, and pairing says which it is. */
  readonly fixedServerUrl: string | null;
  /** Who alone vouches for the server, PEM; null: whom the system trusts. */
  readonly serverCa: string | null;
  /** Reads the token, from its file each time, so that a new one counts without a restart. */
  readonly readToken: () => Promise<string>;
  /** Null when none was given. */
  readonly pairingCode: string | null;
  readonly dataDirectory: string;
  /** Room on the disk below which an alarm is raised, bytes. */
  readonly diskLowBytes: number;
  /** A video that stands for the camera; null: there is none. */
  readonly videoPath: string | null;
  /** The file that holds the camera's settings; null: there is none. */
  readonly cameraFile: string | null;
  readonly videoLoop: boolean;
  readonly framesPerSecondMax: number;
  readonly modelsDirectory: string | undefined;
  readonly modelId: string;
  /** Undefined: none. */
  readonly livenessModelId: string | undefined;
  readonly threads: number;
  readonly door: DoorHardwareConfig;
  /** Where this computer's own page is served; null: nowhere. */
  readonly page: {
    readonly address: string;
    readonly port: number;
    readonly passwordHash: string | null;
  } | null;
  /** Who runs the agent; null: nobody who listens. */
  readonly supervisor: SystemdConfig | null;
  readonly ffmpegPath: string | null;
  readonly searchPath: string;
  /** The file that says how wrong the clock is to be; null but in tests. */
  readonly clockFile: string | null;
  readonly logLevel: string;
  readonly agentVersion: string;
}

/** A configuration that cannot be used, with every problem in it. */
export class ConfigError extends AgentError {
  readonly problems: readonly { readonly variable: string; readonly problem: string }[];

  constructor(problems: ConfigError['problems']) {
    const lines = problems.map(({ variable, problem }) => `${variable}: ${problem}`);
    super('config/invalid', `The configuration cannot be used.\n  ${lines.join('\n  ')}`);
    this.problems = problems;
  }
}

/** The version of this agent. */
export const AGENT_VERSION = '0.1.0';

/**
 * Reads the configuration from environment variables.
 *
 * @throws {ConfigError} with all problems at once
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): AgentConfig {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  const problems = (parsed.error?.issues ?? []).map(({ path, message }) => ({
    variable: path.join('.'),
    problem: message,
  }));
  const tokenFile = given.MUNJIGI_AGENT_TOKEN_FILE;
  if (tokenFile !== undefined) problems.push(...tokenFileProblems(tokenFile));
  const serverCa = readCertificates(given.MUNJIGI_SERVER_CA_FILE);
  if (serverCa.problem !== null)
    problems.push({ variable: 'MUNJIGI_SERVER_CA_FILE', problem: serverCa.problem });
  const door = readDoorFile(given.MUNJIGI_DOOR_FILE);
  problems.push(...door.problems.map((problem) => ({ variable: 'MUNJIGI_DOOR_FILE', problem })));
  const page = parsed.success ? pageOf(parsed.data, problems) : null;
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const env = parsed.data;
  const { MUNJIGI_AGENT_TOKEN: token = '' } = env;
  return {
    fixedServerUrl: env.MUNJIGI_SERVER_URL ?? null,
    serverUrl: env.MUNJIGI_SERVER_URL ?? pairedServerUrl(env.MUNJIGI_DATA),
    serverCa: serverCa.pem,
    readToken: tokenFile === undefined ? () => Promise.resolve(token) : () => readTokenFile(tokenFile),
    pairingCode: env.MUNJIGI_PAIRING_CODE ?? null,
    dataDirectory: env.MUNJIGI_DATA,
    diskLowBytes: env.MUNJIGI_DISK_LOW_MIB * 1024 ** 2,
    videoPath: env.MUNJIGI_VIDEO ?? null,
    cameraFile: env.MUNJIGI_CAMERA_FILE ?? null,
    videoLoop: env.MUNJIGI_VIDEO_LOOP,
    framesPerSecondMax: env.MUNJIGI_FRAMES_PER_SECOND_MAX,
    modelsDirectory: env.MUNJIGI_MODELS,
    modelId: env.MUNJIGI_MODEL,
    livenessModelId: env.MUNJIGI_LIVENESS_MODEL === 'none' ? undefined : env.MUNJIGI_LIVENESS_MODEL,
    threads: env.MUNJIGI_THREADS,
    door: door.config,
    page,
    supervisor: supervisorOf(env),
    ffmpegPath: env.FFMPEG_PATH ?? null,
    searchPath: env.PATH,
    clockFile: env.MUNJIGI_CLOCK_FILE ?? null,
    logLevel: env.LOG_LEVEL,
    agentVersion: AGENT_VERSION,
  };
}

/** What the command that pairs goes by where its arguments say nothing; an empty text is nothing. */
export interface PairingSettings {
  readonly server: string;
  readonly code: string;
  readonly data: string;
  /** Path of the file with who vouches for the server; none: whom the system trusts. */
  readonly serverCaFile: string;
}

/** Reads of the environment what pairing needs: the rest of a door's settings may not be there yet. */
export function readPairing(environment: NodeJS.ProcessEnv = process.env): PairingSettings {
  const {
    MUNJIGI_SERVER_URL: server = '',
    MUNJIGI_PAIRING_CODE: code = '',
    MUNJIGI_DATA: data = '',
    MUNJIGI_SERVER_CA_FILE: serverCaFile = '',
  } = environment;
  return { server, code, serverCaFile, data: data === '' ? DATA_DEFAULT : data };
}

function supervisorOf({
  NOTIFY_SOCKET: socket,
  WATCHDOG_USEC: patienceUs,
  WATCHDOG_PID: watchedPid = process.pid,
}: z.infer<typeof environmentSchema>): SystemdConfig | null {
  if (socket === undefined) return null;
  const isWatched = patienceUs !== undefined && watchedPid === process.pid;
  return { socket, patienceMs: isWatched ? patienceUs / 1000 : null };
}

/** Where the page is; adds to the problems when others could reach it without a password. */
function pageOf(
  env: z.infer<typeof environmentSchema>,
  problems: { variable: string; problem: string }[],
): AgentConfig['page'] {
  const { MUNJIGI_PAGE_PORT: port, MUNJIGI_PAGE_ADDRESS: address } = env;
  if (port === undefined) return null;
  try {
    const passwordHash = readPasswordHash(env.MUNJIGI_DATA);
    const isOwn = address === '::1' || address.startsWith('127.');
    if (!isOwn && passwordHash === null)
      problems.push({
        variable: 'MUNJIGI_PAGE_ADDRESS',
        problem: 'others can reach this address: set a password first, with the command page-password',
      });
    return { address, port, passwordHash };
  } catch (error) {
    problems.push({ variable: 'MUNJIGI_PAGE_PORT', problem: messageOf(error) });
    return null;
  }
}

function tokenFileProblems(path: string): { variable: string; problem: string }[] {
  const variable = 'MUNJIGI_AGENT_TOKEN_FILE';
  try {
    return readFileSync(path, 'utf8').trim() === '' ? [{ variable, problem: `${path} is empty` }] : [];
  } catch (error) {
    return [{ variable, problem: `cannot be read: ${messageOf(error)}` }];
  }
}

async function readTokenFile(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).trim();
}
