import { join } from 'node:path';
import { doorSettingsSchema, ruleSetSchema } from '@munjigi/contracts';
import { goldenMessage } from '@munjigi/contracts/testing';
import { DatabaseSync } from '@photostructure/sqlite';
import { v7 as uuidV7 } from 'uuid';
import { embeddingOf } from '../testing/drafts';
import { temporaryDirectories } from '../testing/temp-directory';
import { until } from '../testing/until';
import { KIM, KIM_TEMPLATE, UplinkBench } from '../testing/uplink-bench';

const newDirectory = temporaryDirectories();

describe('SocketUplink', () => {
  let link: UplinkBench;

  beforeEach(async () => {
    link = await UplinkBench.start(newDirectory());
  });
  afterEach(() => link.close());

  describe('with a server that compares', () => {
    const choi = { kind: 'person.put' as const, person: { id: uuidV7(), name: '최유나' } };
    const { people: _people, ...rules } = ruleSetSchema.parse(goldenMessage('ruleSet'));
    /** Changes the door's rows behind its back, as a failing disk or a meddler might. */
    const meddle = (sql: string): void => {
      const database = new DatabaseSync(join(link.directory, 'agent.db'));
      database.exec(sql);
      database.close();
    };
    const compared = (count: number) => until(() => link.server.comparisons.length >= count);

    beforeEach(async () => {
      link.server.capabilities = ['state-digest'];
      link.server.change(KIM, KIM_TEMPLATE, choi, { kind: 'rules.put', rules });
      link.server.change({
        kind: 'door.put',
        door: { id: link.server.doorId, name: 'Main', settings: doorSettingsSchema.parse({}) },
      });
      link.uplink.start();
      await compared(1);
    });

    it('shows after it has come that it holds what it should, and again when it is asked', async () => {
      expect(link.server.comparisons).toEqual([[]]);
      link.server.send('sync.compare', { v: 1 });
      await compared(2);
      expect(link.server.comparisons).toEqual([[], []]);
    });

    it.each([
      [
        'a person is changed',
        `UPDATE person SET access = '{"status":"active"}', name = 'Somebody' WHERE id = '${KIM.person.id}'`,
      ],
      ['a person is gone', `DELETE FROM person WHERE id = '${KIM.person.id}'`],
      ['a template is damaged', `UPDATE template SET sealed = zeroblob(length(sealed))`],
      ['a template is gone', 'DELETE FROM template'],
      ['a template is made another person’s', `UPDATE template SET person_id = '${choi.person.id}'`],
      [
        'somebody was added',
        `INSERT INTO person (id, name, access, etag, sum) SELECT '${uuidV7()}', name, access, etag, sum FROM person LIMIT 1`,
      ],
      [
        'what was added has no proper id',
        `INSERT INTO person (id, name, access, etag, sum) SELECT 'x', name, access, etag, sum FROM person LIMIT 1`,
      ],
      ['the rules are changed', `UPDATE meta SET value = replace(value, ' ', '') || ' ' WHERE key = 'rules'`],
      ['the door is another', `UPDATE meta SET value = replace(value, 'Main', 'Side') WHERE key = 'door'`],
    ])('heals its disk when %s', async (_, sql) => {
      const before = link.store.state.load();
      meddle(sql);
      link.server.send('sync.compare', { v: 1 });
      await compared(3);
      expect(link.server.comparisons.map((parts) => parts.length)).toEqual([0, 1, 0]);
      expect(link.store.state.load()).toEqual(before);
      expect(link.target.search(embeddingOf(1))).toMatchObject([{ personId: KIM.person.id }]);
    });
  });
});
