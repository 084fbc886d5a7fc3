import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, type ClientConfig } from 'pg';
import { StartError } from '../errors/start-error';
import { prepareDatabaseFolder, prepareSocketFolder, type DatabaseFolder } from './database-folder';
import { memorySettings } from './postgres-memory';
import { findPostgresBinaries, usableBinaries } from './postgres-binaries';
import { runProgram, type ProgramResult } from './system-user';

const SUPERUSER = 'munjigi';
/** pg_ctl status: no server runs in this folder. */
const STATUS_NOT_RUNNING = 3;
const START_TIMEOUT_MS = 60_000;

/** How to reach a database, as `pg` and TypeORM take it. */
export interface ConnectionOptions {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
}

/** What the embedded server may be given beside its folder. */
export interface EmbeddedPostgresOptions {
  /** Settings of postgresql.conf that differ from ours. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * The PostgreSQL that the product brings along: one cluster in `postgres` of the data folder, reachable only through
 * a socket that nobody but its owner (and root) can enter, so that it has no password.
 *
 * It is its own process, in a session of its own, so that a Ctrl-C in the terminal reaches the server first. One
 * that outlived a killed server is adopted.
 */
export class EmbeddedPostgres {
  /** Whether it ran already when it was opened here: somebody else needs it, and stops it. */
  adopted = false;

  private constructor(
    private readonly folder: DatabaseFolder,
    private readonly binDirectory: string,
    private readonly socketDirectory: string,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /**
   * Makes the cluster if there is none, and starts it or adopts the one that runs.
   *
   * @throws {StartError} `data/…` or `database/…` that says what to do.
   */
  static async start(
    dataDirectory: string,
    options: EmbeddedPostgresOptions = {},
  ): Promise<EmbeddedPostgres> {
    const binaries = await findPostgresBinaries();
    const folder = await prepareDatabaseFolder(dataDirectory);
    const native = await usableBinaries(binaries, folder.user, folder.root);
    const socket = await prepareSocketFolder(folder);
    const postgres = new EmbeddedPostgres(folder, join(native, 'bin'), socket, options.settings ?? {});
    await postgres.createCluster(binaries.version);
    postgres.adopted = await postgres.answers();
    await postgres.ensureRunning();
    return postgres;
  }

  /** How to reach a database of this server. */
  connection(database: string): ConnectionOptions {
    return { host: this.socketDirectory, port: 5432, user: SUPERUSER, database };
  }

  /** Guarantees a server that answers; starts it again when it has died. */
  async ensureRunning(): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await this.answers())) {
      if (Date.now() > deadline) {
        throw new StartError('database/no-answer', `The database in ${this.folder.root} does not answer.`);
      }
      const status = await this.control(['status']);
      if (status.exitCode === STATUS_NOT_RUNNING) await this.launch();
      // It runs, and is still starting, recovering or stopping.
      else if (status.exitCode === 0) await delay(100);
      else throw this.failure('database/unusable', 'cannot be used', status.output);
    }
  }

  /** Creates a database unless it is there. */
  async ensureDatabase(name: string): Promise<void> {
    await this.withClient(async (client) => {
      const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
      if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    });
  }

  /** Ends every connection and stops the server; returns when its process has gone. */
  async stop(): Promise<void> {
    const stopped = await this.control(['stop', '-m', 'fast', '-w', '-t', '60']);
    if (stopped.exitCode !== 0 && (await this.control(['status'])).exitCode !== STATUS_NOT_RUNNING) {
      throw this.failure('database/not-stopped', 'could not be stopped', stopped.output);
    }
  }

  private get cluster(): string {
    return join(this.folder.root, 'cluster');
  }

  private async createCluster(version: string): Promise<void> {
    const found = await readFile(join(this.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined);
    const major = version.split('.')[0];
    if (found !== undefined && found.trim() !== major) {
      throw new StartError(
        'database/other-version',
        `The database in ${this.cluster} was made by PostgreSQL ${found.trim()}, and this server brings ` +
          `PostgreSQL ${major}. Go back to the release that made it, or set MUNJIGI_DATA to a new folder.`,
      );
    }
    if (found !== undefined) return;
    // Renamed into place when complete, so that an interrupted start leaves nothing half-made.
    const partial = `${this.cluster}.partial`;
    await rm(partial, { recursive: true, force: true });
    const made = await this.run('initdb', [
      ...['-D', partial, '--username', SUPERUSER, '--auth-local=trust', '--auth-host=reject'],
      ...['-E', 'UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--data-checksums'],
    ]);
    if (made.exitCode !== 0) throw this.failure('database/not-created', 'could not be created', made.output);
    await writeFile(join(partial, 'postgresql.conf'), "include_if_exists = 'munjigi.conf'\n", { flag: 'a' });
    await rename(partial, this.cluster);
  }

  private async launch(): Promise<void> {
    const logDirectory = join(this.folder.root, 'log');
    await mkdir(logDirectory, { recursive: true });
    await this.give(logDirectory, 0o700);
    const settings = {
      listen_addresses: '',
      unix_socket_directories: this.socketDirectory,
      unix_socket_permissions: '0700',
      timezone: 'UTC',
      log_timezone: 'UTC',
      logging_collector: 'on',
      log_directory: logDirectory,
      log_filename: 'postgres-%a.log',
      log_truncate_on_rotation: 'on',
      log_rotation_size: '0',
      ...memorySettings(),
      ...this.settings,
    };
    const lines = Object.entries(settings).map(
      ([key, value]) => `${key} = '${value.replaceAll("'", "''")}'\n`,
    );
    const file = join(this.cluster, 'munjigi.conf');
    await writeFile(file, lines.join(''));
    await this.give(file, 0o600);
    const startLog = join(logDirectory, 'start.log');
    await rm(startLog, { force: true });
    const started = await this.control(['start', '-w', '-t', '60', '-l', startLog]);
    if (started.exitCode !== 0 && !(await this.answers())) {
      const log = await readFile(startLog, 'utf8').catch(() => started.output);
      throw this.failure('database/not-started', 'did not start', log);
    }
  }

  private async answers(): Promise<boolean> {
    return this.withClient(() => Promise.resolve(true)).catch(() => false);
  }

  private async withClient<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const config: ClientConfig = { ...this.connection('postgres'), connectionTimeoutMillis: 5_000 };
    const client = new Client(config);
    // A server that dies under an open connection is reported by the query; the event would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  private async give(path: string, mode: number): Promise<void> {
    await chmod(path, mode);
    const { uid, gid } = this.folder.user;
    if (uid !== undefined && gid !== undefined) await chown(path, uid, gid);
  }

  private control(parameters: readonly string[]): Promise<ProgramResult> {
    return this.run('pg_ctl', ['-D', this.cluster, ...parameters]);
  }

  private run(program: string, parameters: readonly string[]): Promise<ProgramResult> {
    return runProgram(join(this.binDirectory, program), parameters, {
      user: this.folder.user,
      cwd: this.folder.root,
    });
  }

  private failure(code: `${string}/${string}`, what: string, output: string): StartError {
    const said = output.trim().split('\n').slice(-6).join('\n  ');
    return new StartError(code, `The database in ${this.folder.root} ${what}. It said:\n  ${said}`);
  }
}
