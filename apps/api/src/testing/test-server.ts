import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { BuiltInRole, Permission } from '@munjigi/contracts';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { loadConfig, type Config } from '../config';
import { startServer, type RunningServer } from '../server';
import { newToken, tokenHash } from '../platform/auth/token';
import { newId } from '../platform/database/uuid';
import { LeakSearch } from './leak-search';
import { createTestDatabase } from './test-database';

export const ADMINISTRATOR = { email: 'admin@example.com', password: 'correct horse battery' } as const;

/** Answer of the server, its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Tests look into bodies of every kind.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
}

/** What a request may have beside its method and path. */
export interface CallOptions {
  readonly json?: unknown;
  readonly form?: FormData;
  readonly headers?: Record<string, string>;
}

/** Somebody who is signed in beside the first administrator. */
export interface Caller {
  readonly administratorId: string;
  /** As a header. */
  readonly cookie: string;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
}

/** A server with a database of its own, on a port of its own, in this process. */
export class TestServer {
  private cookie?: string;
  private stopped = false;
  private account: readonly string[] = [];
  /** What must be in no log line and in no entry of the account; looked for when the server is closed. */
  readonly leaks = new LeakSearch();

  private constructor(
    readonly running: RunningServer,
    /** Every log line so far. */
    readonly logLines: string[],
    readonly databaseUrl: string,
    readonly dataDirectory: string,
    private readonly readAccount: () => Promise<string[]>,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  static async start(changes: Partial<Config> = {}): Promise<TestServer> {
    const database = await createTestDatabase();
    const dataDirectory = await mkdtemp(join(tmpdir(), 'munjigi-api-data-'));
    const logLines: string[] = [];
    const logDestination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logLines.push(chunk.toString());
        done();
      },
    });
    const config: Config = {
      ...loadConfig({
        DATABASE_URL: database.url,
        MUNJIGI_ADMIN_EMAIL: ADMINISTRATOR.email,
        LOG_LEVEL: 'trace',
      }),
      port: 0,
      databaseWaitMs: 2_000,
      dataDirectory,
      // Most tests look at no face: no models, no time spent on them.
      modelsDirectory: join(dataDirectory, 'no-models'),
      firstAdministrator: ADMINISTRATOR,
      ...changes,
    };
    const running = await startServer(config, { logDestination });
    // Most tests enrol people who never existed.
    await running.app.get(DataSource).query(
      `INSERT INTO setting (key, value, updated_at) VALUES ('privacy', '{"consent": "managed-elsewhere"}', now())
       ON CONFLICT (key) DO NOTHING`,
    );
    const readAccount = () => accountOf(config.databaseUrl ?? database.url);
    return new TestServer(running, logLines, database.url, dataDirectory, readAccount, async () => {
      await database.drop();
      await rm(dataDirectory, { recursive: true, force: true });
    });
  }

  get url(): string {
    return this.running.url;
  }

  get dataSource(): DataSource {
    return this.running.app.get(DataSource);
  }

  /** The session's cookie as a header, once signed in. */
  get cookieHeader(): string {
    return this.cookie ?? '';
  }

  async signIn(): Promise<this> {
    const answer = await this.call('POST', '/api/auth/login', { json: ADMINISTRATOR });
    if (answer.status !== 200) throw new Error(`signing in was answered with ${answer.status}`);
    this.cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    return this;
  }

  /**
   * Makes an administrator with one role, at one site or everywhere, and signs them in.
   *
   * @returns how they send requests.
   */
  async as(role: BuiltInRole, siteId: string | null = null): Promise<Caller> {
    const caller = await this.withoutRole();
    await this.dataSource.query(
      `INSERT INTO role_grant (id, administrator_id, role_id, site_id) SELECT $1, $2, id, $3 FROM role WHERE key = $4`,
      [newId(), caller.administratorId, siteId, role],
    );
    return caller;
  }

  /** Makes an administrator with a role of these permissions, at one site or everywhere, and signs them in. */
  async having(permissions: readonly Permission[], siteId: string | null = null): Promise<Caller> {
    const [caller, roleId] = [await this.withoutRole(), newId()];
    await this.dataSource.query(
      `INSERT INTO role (id, name, permissions, created_at) VALUES ($1::uuid, $1::text, $2, now())`,
      [roleId, permissions],
    );
    await this.dataSource.query(
      'INSERT INTO role_grant (id, administrator_id, role_id, site_id) VALUES ($1, $2, $3, $4)',
      [newId(), caller.administratorId, roleId, siteId],
    );
    return caller;
  }

  /** Runs a statement with the rights of the database's owner, past every trigger unless told otherwise. */
  async asDatabaseOwner(
    statement: string,
    parameters: unknown[] = [],
    { triggers = false } = {},
  ): Promise<void> {
    const client = new Client({ connectionString: this.databaseUrl });
    await client.connect();
    try {
      if (!triggers) await client.query('SET session_replication_role = replica');
      await client.query(statement, parameters);
    } finally {
      await client.end();
    }
  }

  /** Makes another site. @returns its id */
  async makeSite(name = 'Another site'): Promise<string> {
    const id = newId();
    await this.dataSource.query(
      `INSERT INTO site (id, name, time_zone, created_at) VALUES ($1, $2, 'Asia/Seoul', now())`,
      [id, name],
    );
    return id;
  }

  /** Makes an administrator who may do nothing, and signs them in. */
  async withoutRole(): Promise<Caller> {
    const [id, token] = [newId(), newToken()];
    await this.dataSource.query(
      `INSERT INTO administrator (id, email, password_hash, created_at) VALUES ($1, $2, NULL, now())`,
      [id, `${id}@example.com`],
    );
    await this.dataSource.query(
      `INSERT INTO session
         (id, token_hash, administrator_id, method, created_at, authenticated_at, last_seen_at, expires_at)
       VALUES ($1, $2, $3, 'password', now(), now(), now(), now() + interval '1 hour')`,
      [newId(), tokenHash(token), id],
    );
    const cookie = `munjigi_session=${token}`;
    return {
      administratorId: id,
      cookie,
      call: (method, path, options = {}) =>
        this.callAnonymously(method, path, { ...options, headers: { cookie, ...options.headers } }),
    };
  }

  /** Sends a request with the session, if there is one. */
  call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    const cookie: Record<string, string> = this.cookie === undefined ? {} : { cookie: this.cookie };
    return this.callAnonymously(method, path, { ...options, headers: { ...cookie, ...options.headers } });
  }

  async callAnonymously(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
    // In an answer it is that of a problem.
    this.leaks.fieldsOf(options.json, ['code']);
    const json = options.json === undefined ? undefined : JSON.stringify(options.json);
    const res = await fetch(new URL(path, this.url), {
      method,
      body: options.form ?? json,
      headers: { ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers },
      redirect: 'manual',
    });
    const bytes = Buffer.from(await res.arrayBuffer());
    const isJson = /[/+]json/.test(res.headers.get('content-type') ?? '') && bytes.length > 0;
    const body: unknown = isJson ? JSON.parse(bytes.toString()) : bytes;
    if (isJson) this.leaks.fieldsOf(body);
    for (const cookie of res.headers.getSetCookie()) {
      this.leaks.text('a cookie', cookie.split(';')[0]?.split('=')[1] ?? '');
    }
    return { status: res.status, headers: res.headers, body };
  }

  /** Stops the server and leaves its database and its folder, for another on them. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    this.account = await this.readAccount();
    await this.running.close();
  }

  /** @throws when a secret that this server was given, or has given, is in its log or its account */
  async close(): Promise<void> {
    await this.stop();
    await this.cleanUp();
    const found = this.leaks.in([...this.logLines, ...this.account]);
    if (found.length > 0) throw new Error(`Secrets have leaked: ${JSON.stringify(found, null, 2)}`);
  }
}

/** Every entry as text; none when a test has taken the database, or its tables, away. */
async function accountOf(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    const { rows } = await client.query<{ text: string }>(
      'SELECT audit_entry::text AS text FROM audit_entry',
    );
    return rows.map(({ text }) => text);
  } catch {
    return [];
  } finally {
    await client.end().catch(() => undefined);
  }
}
