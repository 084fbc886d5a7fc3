import { TestServer } from '../../testing/test-server';
import { WRAPPED_KEYS } from './wrapped-keys';

describe('the places of wrapped keys', () => {
  it('are all tables that name a master key, so that a rotation forgets none', async () => {
    const server = await TestServer.start();
    const rows = await server.dataSource.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.columns
       WHERE table_schema = current_schema() AND column_name = 'master_key_id' AND table_name <> 'deployment'`,
    );
    await server.close();
    expect(rows.map(({ name }) => name).sort()).toEqual(WRAPPED_KEYS.map(({ table }) => table).sort());
  });
});
