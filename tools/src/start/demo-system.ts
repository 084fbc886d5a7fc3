import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient, ApiRefusal } from '../api-client/api-client';
import { ManagedProcess } from '../processes/managed-process';
import { Supervisor } from '../processes/supervisor';
import { findFreePort, isPortTaken } from '../system/free-port';
import { AGENT_MAIN, API_MAIN, CONSOLE_MAIN } from '../system/paths';
import { until } from '../system/until';
import type { StartConfig } from './config';
import { DEMO_DOORS, FIRST_PERSON } from './demo-site';
import { type DemoState, readDemoState, writeDemoState } from './demo-state';

const SERVER = 'server';

/** The demo's videos and photographs, as installed. */
export interface DemoMedia {
  readonly directory: string;
}

/**
 * The demo's processes and what the server is told at its first start: a server, a console, and one agent a door.
 */
export class DemoSystem {
  private readonly supervisor: Supervisor;
  private readonly stateFile: string;
  private readonly state: DemoState;
  private readonly client: ApiClient;

  /** @param report hears, in one line, of a process that ended by itself and is started again */
  constructor(
    private readonly config: StartConfig,
    private readonly media: DemoMedia,
    report: (line: string) => void,
  ) {
    this.stateFile = join(config.dataDirectory, 'demo.json');
    this.state = readDemoState(this.stateFile, config.adminPassword);
    this.client = new ApiClient(`http://127.0.0.1:${config.port}`);
    this.supervisor = new Supervisor((ended, exitCode) =>
      report(
        `${ended.name} ended with code ${exitCode} and is started again; see ${this.logFile(ended.name)}`,
      ),
    );
  }

  get adminPassword(): string {
    return this.state.adminPassword;
  }

  /** Starts the server with its console, and resolves when it takes requests. @throws when it cannot start. */
  async startServer(): Promise<void> {
    const { port, dataDirectory, adminEmail } = this.config;
    if (await isPortTaken(port)) {
      throw new Error(
        `Port ${port} is taken by another program. Stop that program, or choose another port: PORT=${port + 1} npm start`,
      );
    }
    mkdirSync(dataDirectory, { recursive: true });
    writeDemoState(this.stateFile, this.state);
    const consolePort = await findFreePort();
    const api = this.process(SERVER, API_MAIN, {
      PORT: String(port),
      MUNJIGI_DATA: dataDirectory,
      MUNJIGI_ADMIN_EMAIL: adminEmail,
      MUNJIGI_ADMIN_PASSWORD: this.state.adminPassword,
      MUNJIGI_CONSOLE_URL: `http://127.0.0.1:${consolePort}`,
    });
    this.supervisor.run(api);
    this.supervisor.run(
      this.process('console', CONSOLE_MAIN, { PORT: String(consolePort), HOSTNAME: '127.0.0.1' }),
    );
    const refusedToStart = api.ended().then((exitCode) => {
      throw new Error(`The server ended with code ${exitCode}:\n${api.tail.trim()}`);
    });
    await Promise.race([
      until('the server to take requests', () => this.client.isReady(), { timeoutMs: 120_000 }),
      refusedToStart,
    ]);
    refusedToStart.catch(() => undefined);
    await until(
      'the console to answer',
      async () => (await fetch(`http://127.0.0.1:${consolePort}/`, { redirect: 'manual' })).status < 500,
      { timeoutMs: 60_000 },
    );
  }

  /** Makes the two doors and enrols the first person, unless an earlier start did. */
  async prepareSite(readPhoto: (path: string) => Promise<Uint8Array>): Promise<void> {
    await this.signIn();
    const known = new Set((await this.client.doors()).map((door) => door.id as string));
    for (const door of DEMO_DOORS) {
      if (known.has(this.state.doors[door.key]?.id ?? '')) continue;
      const made = await this.client.createDoor(door.name, door.settings);
      this.state.doors[door.key] = { id: made.door.id, token: made.agentToken };
      writeDemoState(this.stateFile, this.state);
    }
    if (this.state.enrolled) return;
    // The demo's people are public photographs, and whoever tries it out: nobody signs anything.
    await this.client.setPrivacy({ consent: 'managed-elsewhere' });
    this.state.firstPersonId ??= (await this.client.createPerson(FIRST_PERSON.name)).id;
    writeDemoState(this.stateFile, this.state);
    for (const name of FIRST_PERSON.photos) {
      await this.client.enrolPhoto(
        this.state.firstPersonId,
        await readPhoto(join(this.media.directory, name)),
        'photo.jpg',
      );
    }
    this.state.enrolled = true;
    writeDemoState(this.stateFile, this.state);
  }

  /** Starts one agent a door, and resolves when both doors are online. */
  async startDoors(): Promise<void> {
    for (const door of DEMO_DOORS) {
      const directory = join(this.config.dataDirectory, 'doors', door.key);
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      this.supervisor.run(
        this.process(`door-${door.key}`, AGENT_MAIN, {
          MUNJIGI_SERVER_URL: this.client.baseUrl,
          MUNJIGI_PAIRING_CODE: await this.codeFor(this.state.doors[door.key]?.id ?? '', directory),
          MUNJIGI_DATA: directory,
          MUNJIGI_VIDEO: join(this.media.directory, door.video),
          MUNJIGI_VIDEO_LOOP: 'true',
          MUNJIGI_THREADS: '1',
        }),
      );
    }
    await until(
      'both doors to be online',
      async () => (await this.client.doors()).every((door) => door.online),
      {
        timeoutMs: 60_000,
      },
    );
  }

  /** Ends every process that was started: doors first, so that they can hand over their events. */
  stop(): Promise<void> {
    return this.supervisor.stop();
  }

  /** A code for a door that has no device yet, or whose folder was lost; what was revoked stays so. */
  private async codeFor(doorId: string, directory: string): Promise<string> {
    const device = (await this.client.doors()).find((door) => door.id === doorId)?.device;
    const isLost = device?.state === 'paired' && !existsSync(join(directory, 'identity.json'));
    if (device?.state !== 'unpaired' && !isLost) return '';
    return (await this.client.pairingCode(doorId)).code;
  }

  private async signIn(): Promise<void> {
    try {
      await this.client.login(this.config.adminEmail, this.state.adminPassword);
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status !== 401) throw error;
      throw new Error(
        `The server in ${this.config.dataDirectory} has another administrator than ${this.config.adminEmail} with ` +
          'this password. Set MUNJIGI_ADMIN_EMAIL and MUNJIGI_ADMIN_PASSWORD to those in use, or choose another ' +
          'folder with MUNJIGI_DATA.',
        { cause: error },
      );
    }
  }

  private process(name: string, main: string, env: NodeJS.ProcessEnv): ManagedProcess {
    return new ManagedProcess({
      name,
      command: process.execPath,
      args: ['--enable-source-maps', main],
      env: { ...process.env, ...withheldFrom(name), NODE_ENV: 'production', ...env },
      logFile: this.logFile(name),
    });
  }

  private logFile(name: string): string {
    return join(this.config.dataDirectory, 'logs', `${name}.log`);
  }
}

const SERVER_SECRETS = ['DATABASE_URL', 'MUNJIGI_ADMIN_PASSWORD', 'MUNJIGI_TEMPLATE_KEY'];

/** What only the server needs to know is kept from the other processes' environment. */
function withheldFrom(name: string): NodeJS.ProcessEnv {
  if (name === SERVER) return {};
  return Object.fromEntries(SERVER_SECRETS.map((variable) => [variable, undefined]));
}
