import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { compile as compileTrust } from 'proxy-addr';
import { z } from 'zod';
import { AuthOptions } from './platform/auth/auth-options';
import type { KeyServiceOptions } from './platform/crypto/kms-master-key';
import type { MailOptions } from './platform/mail/mailer';
import { EXIT_CODES, StartError } from './platform/errors/start-error';
import { AgentTlsOptions } from './platform/realtime/agent-tls';

const url = (protocols: RegExp, example: string) =>
  z.string().refine((value) => {
    const parsed = URL.parse(value);
    return parsed !== null && protocols.test(parsed.protocol);
  }, `must be a URL such as ${example}`);

/** A number written with digits alone. */
const wholeNumber = (min: number, max: number, byDefault: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a number from ${min} to ${max}`)
    .default(String(byDefault))
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a number from ${min} to ${max}`);

function isTrustList(list: string): boolean {
  try {
    compileTrust(list.split(/\s*,\s*/));
    return true;
  } catch {
    return false;
  }
}
/** Texts with commas between them; none when unset. */
const list = (isValid: (value: string) => boolean, message: string) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .refine((parts) => parts.every(isValid), message);

const schema = z
  .object({
    /** TCP port to listen on; 0 takes any free one. */
    PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
      .default('3000')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535'),
    /** Address to listen on. The default is reachable from this machine only. */
    MUNJIGI_HOST: z.string().min(1).default('127.0.0.1'),
    /**
     * Proxies that may say who the caller is and whether TLS was used: addresses, networks such as 10.0.0.0/8, or the
     * names loopback, linklocal and uniquelocal, separated by commas.
     */
    MUNJIGI_TRUSTED_PROXIES: z
      .string()
      .regex(
        /^[0-9A-Za-z.:/]+(\s*,\s*[0-9A-Za-z.:/]+)*$/,
        'must be addresses or networks, separated by commas',
      )
      .refine(isTrustList, 'must be addresses or networks, separated by commas')
      .default('loopback'),
    /** TCP port of a listener for doors alone, over TLS with certificates on both sides; unset: there is none. */
    MUNJIGI_AGENT_TLS_PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535')
      .optional(),
    /** Address of that listener; unset: that of MUNJIGI_HOST. */
    MUNJIGI_AGENT_TLS_HOST: z.string().min(1).optional(),
    /** File with the certificate of that listener and what leads to its root, PEM. */
    MUNJIGI_AGENT_TLS_CERT_FILE: z.string().min(1).optional(),
    /** File with the key of that certificate, PEM. */
    MUNJIGI_AGENT_TLS_KEY_FILE: z.string().min(1).optional(),
    /** `true`: doors are let in at that listener alone. */
    MUNJIGI_AGENT_TLS_REQUIRED: z.enum(['true', 'false'], 'must be true or false').default('false'),
    /** Folder for keys and, without DATABASE_URL, the database. */
    MUNJIGI_DATA: z.string().min(1).default('./data'),
    /** A PostgreSQL server to use in place of the embedded one. */
    DATABASE_URL: url(/^postgres(ql)?:$/, 'postgres://user:password@host:5432/munjigi').optional(),
    /** Seconds to wait at the start for a database that cannot be reached; 0 to 600. */
    MUNJIGI_DATABASE_WAIT_SECONDS: wholeNumber(0, 600, 30),
    /** `true` when several API processes share DATABASE_URL behind a load balancer; needs DATABASE_URL. */
    MUNJIGI_CLUSTER: z.enum(['true', 'false'], 'must be true or false').default('false'),
    /** E-mail address of the first administrator; used only while there is none. */
    MUNJIGI_ADMIN_EMAIL: z.email('must be an e-mail address').max(254).default('admin@munjigi.local'),
    /** Password of the first administrator; without it a set-up code is made and printed once. */
    MUNJIGI_ADMIN_PASSWORD: z
      .string()
      .min(8, 'must have at least 8 characters')
      .max(1024, 'must have at most 1024 characters')
      .optional(),
    /** Where the console's own server listens; everything that is not ours is passed on to it. */
    MUNJIGI_CONSOLE_URL: url(/^https?:$/, 'http://127.0.0.1:3001').optional(),
    /** Folder of the installed models; face-core's default when unset. */
    MUNJIGI_MODELS: z.string().min(1).optional(),
    /** The model that new templates are made with. */
    MUNJIGI_MODEL: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'must be the name of a model, such as mobilefacenet-192')
      .default('mobilefacenet-192'),
    /** Hours after which a sign-in ends, whatever is done in it; 1 to 168. */
    MUNJIGI_SESSION_HOURS: wholeNumber(1, 168, 12),
    /** Minutes without a request after which a sign-in ends; 1 to 1440. */
    MUNJIGI_SESSION_IDLE_MINUTES: wholeNumber(1, 1440, 120),
    /** Minutes that a sign-in counts as recent, for changes that want one; 1 to 120. */
    MUNJIGI_STEP_UP_MINUTES: wholeNumber(1, 120, 15),
    /** The console's own address as browsers have it, to which passkeys belong; each request's own when unset. */
    MUNJIGI_PUBLIC_URL: url(/^https?:$/, 'https://munjigi.example').optional(),
    /**
     * Master key that the keys of people are wrapped with: 32 bytes in base64. Made and kept in the data folder when
     * unset. Several, newest first, with commas between, while they are changed.
     */
    MUNJIGI_TEMPLATE_KEY: list(
      (value) => Buffer.from(value, 'base64').length === 32,
      'must be 32 bytes in base64, or several with commas between',
    ),
    /** Address of a key service that holds the master key; needs MUNJIGI_KMS_KEY. */
    MUNJIGI_KMS_URL: url(/^https?:$/, 'https://keys.example.com').optional(),
    /** Name of the master key at the key service; several, newest first, while they are changed. */
    MUNJIGI_KMS_KEY: list(
      (value) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(value),
      'must be the name of a key, or several with commas between',
    ),
    /** Bearer token for the key service. */
    MUNJIGI_KMS_TOKEN: z.string().min(1).optional(),
    /**
     * Key that the account of who did what is signed with: the 32 bytes of an Ed25519 seed in base64. Made and kept in
     * the data folder when unset; processes that share a database should share it.
     */
    MUNJIGI_AUDIT_KEY: z
      .string()
      .refine((value) => Buffer.from(value, 'base64').length === 32, 'must be 32 bytes in base64')
      .optional(),
    /** The mail server, with user and password where it wants them; needs MUNJIGI_MAIL_FROM. */
    MUNJIGI_SMTP_URL: url(/^smtps?:$/, 'smtps://user:password@mail.example.com').optional(),
    /** The address that mail comes from. */
    MUNJIGI_MAIL_FROM: z.email('must be an e-mail address').max(254).optional(),
    /**
     * Networks, such as 10.1.0.0/16, that webhooks may reach beside the internet, and without TLS if need be; several
     * with commas between; none by default.
     */
    MUNJIGI_WEBHOOK_NETWORKS: list(
      (value) => /^[0-9A-Fa-f.:]+(\/\d{1,3})?$/.test(value) && isTrustList(value),
      'must be networks such as 10.1.0.0/16, with commas between',
    ),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine((env) => env.MUNJIGI_CLUSTER === 'false' || env.DATABASE_URL !== undefined, {
    path: ['MUNJIGI_CLUSTER'],
    message: 'needs DATABASE_URL: the embedded database serves one process',
  })
  .refine(
    (env) =>
      new Set(
        [env.MUNJIGI_AGENT_TLS_PORT, env.MUNJIGI_AGENT_TLS_CERT_FILE, env.MUNJIGI_AGENT_TLS_KEY_FILE].map(
          (value) => value === undefined,
        ),
      ).size === 1,
    {
      path: ['MUNJIGI_AGENT_TLS_PORT'],
      message: ', MUNJIGI_AGENT_TLS_CERT_FILE and MUNJIGI_AGENT_TLS_KEY_FILE need one another',
    },
  )
  .refine((env) => env.MUNJIGI_AGENT_TLS_REQUIRED === 'false' || env.MUNJIGI_AGENT_TLS_PORT !== undefined, {
    path: ['MUNJIGI_AGENT_TLS_REQUIRED'],
    message: 'needs MUNJIGI_AGENT_TLS_PORT: no door could connect',
  })
  .refine((env) => (env.MUNJIGI_KMS_URL === undefined) === (env.MUNJIGI_KMS_KEY.length === 0), {
    path: ['MUNJIGI_KMS_URL'],
    message: 'and MUNJIGI_KMS_KEY need one another',
  })
  .refine((env) => (env.MUNJIGI_SMTP_URL === undefined) === (env.MUNJIGI_MAIL_FROM === undefined), {
    path: ['MUNJIGI_SMTP_URL'],
    message: 'and MUNJIGI_MAIL_FROM need one another',
  });

/** Names of all variables that are read. */
export const SETTINGS: readonly string[] = Object.keys(schema.shape);

/** The server's whole configuration, checked. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** As Express' `trust proxy` takes it. */
  readonly trustedProxies: string;
  /** Absolute path. */
  readonly dataDirectory: string;
  readonly databaseUrl?: string;
  /** How long the start waits for a database that is down, ms. */
  readonly databaseWaitMs: number;
  /** Whether other processes may serve the same database. */
  readonly clustered: boolean;
  readonly firstAdministrator: { readonly email: string; readonly password?: string };
  readonly consoleUrl?: string;
  /** Absolute path, or undefined for the default of face-core. */
  readonly modelsDirectory?: string;
  readonly modelId: string;
  readonly auth: AuthOptions;
  /** The listener for doors alone. */
  readonly agentTls: AgentTlsOptions;
  /** Master keys of 32 bytes, newest first; none: those in the data folder. */
  readonly templateKeys: readonly Buffer[];
  /** Master keys that a key service holds, newest first. */
  readonly keyServices: readonly KeyServiceOptions[];
  /** Seed of an Ed25519 key, 32 bytes, or undefined for the key in the data folder. */
  readonly auditKey?: Buffer;
  /** The mail server, if there is one. */
  readonly mail?: MailOptions;
  /** Networks that webhooks may reach beside the internet. */
  readonly webhookNetworks: readonly string[];
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
}

/**
 * Reads the configuration from environment variables. An empty variable counts as unset.
 *
 * @throws {StartError} `config/invalid`, exit code 78, which names every problem at once.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = schema.safeParse(given);
  if (!result.success) {
    const problems = result.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new StartError(
      'config/invalid',
      `The configuration is not valid:\n${problems.join('\n')}`,
      EXIT_CODES.configuration,
    );
  }
  const env = result.data;
  return {
    port: env.PORT,
    host: env.MUNJIGI_HOST,
    trustedProxies: env.MUNJIGI_TRUSTED_PROXIES,
    dataDirectory: absolute(env.MUNJIGI_DATA),
    databaseUrl: env.DATABASE_URL,
    databaseWaitMs: env.MUNJIGI_DATABASE_WAIT_SECONDS * 1000,
    clustered: env.MUNJIGI_CLUSTER === 'true',
    firstAdministrator: {
      email: env.MUNJIGI_ADMIN_EMAIL.toLowerCase(),
      password: env.MUNJIGI_ADMIN_PASSWORD,
    },
    consoleUrl: env.MUNJIGI_CONSOLE_URL,
    modelsDirectory: env.MUNJIGI_MODELS === undefined ? undefined : absolute(env.MUNJIGI_MODELS),
    modelId: env.MUNJIGI_MODEL,
    auth: new AuthOptions(
      env.MUNJIGI_SESSION_HOURS * 3_600_000,
      env.MUNJIGI_SESSION_IDLE_MINUTES * 60_000,
      env.MUNJIGI_STEP_UP_MINUTES * 60_000,
      env.MUNJIGI_PUBLIC_URL,
    ),
    agentTls: agentTlsOf(env),
    templateKeys: env.MUNJIGI_TEMPLATE_KEY.map((key) => Buffer.from(key, 'base64')),
    keyServices: env.MUNJIGI_KMS_KEY.map((keyName) => ({
      url: env.MUNJIGI_KMS_URL ?? '',
      keyName,
      token: env.MUNJIGI_KMS_TOKEN,
    })),
    auditKey: env.MUNJIGI_AUDIT_KEY === undefined ? undefined : Buffer.from(env.MUNJIGI_AUDIT_KEY, 'base64'),
    mail:
      env.MUNJIGI_SMTP_URL === undefined || env.MUNJIGI_MAIL_FROM === undefined
        ? undefined
        : { url: env.MUNJIGI_SMTP_URL, from: env.MUNJIGI_MAIL_FROM },
    webhookNetworks: env.MUNJIGI_WEBHOOK_NETWORKS,
    logLevel: env.LOG_LEVEL,
  };
}

function agentTlsOf(env: z.infer<typeof schema>): AgentTlsOptions {
  const { MUNJIGI_AGENT_TLS_PORT: port } = env;
  if (port === undefined) return new AgentTlsOptions();
  const listener = {
    ...{ port, host: env.MUNJIGI_AGENT_TLS_HOST ?? env.MUNJIGI_HOST },
    certificateFile: absolute(env.MUNJIGI_AGENT_TLS_CERT_FILE ?? ''),
    keyFile: absolute(env.MUNJIGI_AGENT_TLS_KEY_FILE ?? ''),
  };
  return new AgentTlsOptions(listener, env.MUNJIGI_AGENT_TLS_REQUIRED === 'true');
}

function absolute(path: string): string {
  return resolve(path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);
}
