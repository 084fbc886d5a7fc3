import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { organisationOf } from '../seed/seed-database';
import { LoadFolder } from './load-folder';
import { readLoadOptions, type LoadOptions } from './load-options';
import { runLoad } from './load-run';
import { LoadServer } from './load-server';
import { verifyAccount } from './verify';

const directory = mkdtempSync(join(tmpdir(), 'munjigi-load-spec-'));
const keep = join(directory, 'data');
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const options: LoadOptions = {
  ...readLoadOptions('--agents 3 --people 20 --events 300 --months 1 --rate 20'.split(' '), directory),
  ...{ floodSeconds: 0.3, readSeconds: 0.3, keep },
};

describe('a load run', () => {
  it('fills a new server’s database, reads all it has, and finds each event of its doors once', async () => {
    const report = await runLoad(options, () => undefined);
    expect(report.account).toEqual({ lost: 0, doubled: 0, sameIds: 0 });
    expect(report.agents.connected).toBe(3);
    expect(report.flood.acknowledged.count).toBeGreaterThan(0);
    expect(report.database.events).toBeGreaterThan(300);
    expect(report.reads.filter(({ failed, busy }) => failed > 0 || busy.count === 0)).toEqual([]);
  });

  it('refuses a kept folder that holds something else', async () => {
    await expect(runLoad({ ...options, seed: 2 }, () => undefined)).rejects.toThrow(
      'filled with other numbers',
    );
  });

  it('would tell of events that are lost or doubled', async () => {
    const folder = await LoadFolder.keep(keep);
    const server = await LoadServer.start(folder);
    try {
      const { database } = server;
      const { doors } = organisationOf(folder.state.content!);
      const { rows } = await database.query<{ last: string }>(
        'SELECT max(sequence) AS last FROM access_event WHERE epoch = $1',
        [doors[0]!.epoch],
      );
      const lastSequence = Number(rows[0]!.last);
      const outbox = { doorId: doors[0]!.id, epoch: doors[0]!.epoch, firstSequence: 1, lastSequence };
      const account = () => verifyAccount(database, [outbox], new Date(0));
      expect(await account()).toEqual({ lost: 0, doubled: 0, sameIds: 0 });
      await database.query('DELETE FROM access_event WHERE epoch = $1 AND sequence = 2', [outbox.epoch]);
      await database.query(
        `INSERT INTO access_event SELECT (jsonb_populate_record(event,
           jsonb_build_object('occurred_at', occurred_at + interval '1 second'))).*
         FROM access_event AS event WHERE epoch = $1 AND sequence = 1`,
        [outbox.epoch],
      );
      expect(await account()).toEqual({ lost: 1, doubled: 1, sameIds: 1 });
    } finally {
      await server.stop();
    }
  });
});
