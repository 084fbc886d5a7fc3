import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEMO_DOORS, FIRST_PERSON } from '../start/demo-site';
import { until } from '../system/until';
import { SoakDoor } from './soak-door';
import { SoakServer } from './soak-server';

/** So many visits as there can be: each time that somebody's face is found anew. */
const SETTINGS = { faceSizeMinPx: 60, revisitPauseMs: 1_000, unlockMs: 300 };

/** A server, and the demo's two doors. */
export class SoakSite {
  private constructor(
    readonly server: SoakServer,
    readonly doors: readonly SoakDoor[],
    private readonly directory: string,
  ) {}

  /** @param mediaDirectory the demo's videos and photographs */
  static async start(mediaDirectory: string): Promise<SoakSite> {
    const directory = mkdtempSync(join(tmpdir(), 'munjigi-soak-'));
    // The database runs as somebody else when the server runs as root.
    chmodSync(directory, 0o755);
    const password = randomBytes(18).toString('base64url');
    const server = await SoakServer.start(join(directory, 'server'), password);
    const doors: SoakDoor[] = [];
    const site = new SoakSite(server, doors, directory);
    try {
      await site.enrol(mediaDirectory);
      for (const { key, name, video } of DEMO_DOORS) {
        const { door, agentToken } = await server.api.createDoor(name, SETTINGS);
        doors.push(
          new SoakDoor({
            ...{ name: key, id: door.id, token: agentToken, serverUrl: server.api.baseUrl },
            video: join(mediaDirectory, video),
            directory: join(directory, key),
          }),
        );
      }
      for (const door of doors) door.start();
      await until('both doors to be online', async () =>
        (await server.api.doors()).every(({ online }) => online),
      );
      return site;
    } catch (error) {
      await site.end();
      throw error;
    }
  }

  /** Ends every process, and removes all that was kept. */
  async end(): Promise<void> {
    await Promise.all(this.doors.map((door) => door.stop()));
    await this.server.stop();
    for (const door of this.doors) door.disk.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async enrol(mediaDirectory: string): Promise<void> {
    const { api } = this.server;
    await api.setPrivacy({ consent: 'managed-elsewhere' });
    const { id } = await api.createPerson(FIRST_PERSON.name);
    for (const name of FIRST_PERSON.photos)
      await api.enrolPhoto(id, readFileSync(join(mediaDirectory, name)), 'photo.jpg');
  }
}
