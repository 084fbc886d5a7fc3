import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { API_MAIN, ApiClient, findFreePort, ManagedProcess, until } from '@munjigi/tools';
import { CuttableLink } from './cuttable-link';
import { QUICK_DOOR, startReplayDoor } from './door';

const EMAIL = 'admin@example.com';
const PASSWORD = 'a-password-for-this-test';

/** One real server with its own database, and one real door behind a link that the test can cut. */
export class Rig {
  readonly server: ManagedProcess;
  readonly client: ApiClient;
  readonly link: CuttableLink;
  private door: ManagedProcess | undefined;
  private readonly directory = mkdtempSync(join(tmpdir(), 'munjigi-rig-'));

  private constructor(port: number) {
    this.client = new ApiClient(`http://127.0.0.1:${port}`);
    this.link = new CuttableLink(port);
    this.server = new ManagedProcess({
      name: 'server',
      command: process.execPath,
      args: [API_MAIN],
      env: {
        ...process.env,
        DATABASE_URL: undefined,
        PORT: String(port),
        MUNJIGI_DATA: join(this.directory, 'server'),
        MUNJIGI_ADMIN_EMAIL: EMAIL,
        MUNJIGI_ADMIN_PASSWORD: PASSWORD,
      },
      logFile: join(this.directory, 'server.log'),
    });
  }

  static async start(): Promise<Rig> {
    const rig = new Rig(await findFreePort());
    await rig.startServer();
    await rig.link.open();
    return rig;
  }

  /** Starts the server, or starts it again, and signs in. */
  async startServer(): Promise<void> {
    this.server.start();
    try {
      await until('the server', () => this.client.isReady(), { timeoutMs: 60_000 });
    } catch (error) {
      throw new Error(`The server did not start:\n${this.server.tail}`, { cause: error });
    }
    await this.client.login(EMAIL, PASSWORD);
  }

  /** Starts a new door whose camera plays that video, over and over, and forgets nobody's pause. */
  async startDoor(video: string): Promise<ManagedProcess> {
    const { agentToken } = await this.client.createDoor('Test door', QUICK_DOOR);
    const directory = join(this.directory, 'door');
    this.door = startReplayDoor({ serverUrl: this.link.url, agentToken, directory, video });
    return this.door;
  }

  /** How many visits the door says that it has recorded, all its lives together. */
  visitsRecorded(): number {
    if (!existsSync(this.doorLog)) return 0;
    return readFileSync(this.doorLog, 'utf8').split('"access decided"').length - 1;
  }

  private get doorLog(): string {
    return join(this.directory, 'door.log');
  }

  /** Ends everything and removes what it kept. */
  async stop(): Promise<void> {
    await this.door?.stop();
    await this.server.stop();
    await this.link.cut();
    rmSync(this.directory, { recursive: true, force: true });
  }
}
