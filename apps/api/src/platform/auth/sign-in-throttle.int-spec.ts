import { DataSource } from 'typeorm';
import { ENTITIES } from '../../entities';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database';
import { createDataSource } from '../database/data-source';
import { SignInThrottle } from './sign-in-throttle';

let database: TestDatabase;
let dataSources: [DataSource, DataSource];
let throttle: SignInThrottle;
let other: SignInThrottle;

beforeAll(async () => {
  database = await createTestDatabase();
  const connect = () => createDataSource({ url: database.url }, ENTITIES).initialize();
  dataSources = [await connect(), await connect()];
  throttle = new SignInThrottle(dataSources[0]);
  other = new SignInThrottle(dataSources[1]);
});
afterAll(async () => {
  for (const dataSource of dataSources) await dataSource.destroy();
  await database.drop();
});
beforeEach(() => dataSources[0].query('DELETE FROM sign_in_attempt'));

let serial = 0;
const somebody = (address = `198.51.100.${++serial}`, browserId: string | null = null) => ({
  email: 'minji@example.com',
  address,
  browserId,
});

const fail = async (times: number, who = () => somebody(), by = throttle) => {
  for (let time = 0; time < times; time++) await by.begin(who());
};

/** How long the next attempt has to wait, seconds; 0 when it is looked at. */
const waitOf = (who = somebody(), by = throttle) =>
  by.begin(who).then(
    () => 0,
    (error: { code: string; retryAfterSeconds: number }) => {
      expect(error.code).toBe('auth/too-many-attempts');
      return error.retryAfterSeconds;
    },
  );

const waitOver = () => dataSources[0].query('UPDATE sign_in_attempt SET blocked_until = now()');

describe('SignInThrottle', () => {
  it('lets ten attempts fail from wherever they come, then refuses more for a minute', async () => {
    await fail(10);
    expect(await waitOf()).toBeGreaterThan(50);
    expect(await waitOf()).toBeLessThanOrEqual(60);
    expect(await waitOf({ ...somebody(), email: 'other@example.com' })).toBe(0);
  });

  it('doubles the wait with each failure after one, up to a quarter of an hour', async () => {
    await fail(10);
    const waits: number[] = [];
    for (let round = 0; round < 7; round++) {
      waits.push(Math.ceil((await waitOf()) / 60));
      await waitOver();
      await fail(1);
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15, 15]);
  });

  it('holds for a second server, and after a restart', async () => {
    await fail(5);
    await fail(5, () => somebody(), other);
    expect(await waitOf(somebody(), other)).toBeGreaterThan(0);
    expect(await waitOf(somebody(), new SignInThrottle(dataSources[0]))).toBeGreaterThan(0);
  });

  it('looks at no more of the guesses that come at once', async () => {
    const waits = await Promise.all(
      Array.from({ length: 40 }, (_, index) => waitOf(somebody(), index % 2 ? throttle : other)),
    );
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
  });

  it('begins anew after a success', async () => {
    await fail(9);
    await (await throttle.begin(somebody())).succeed();
    await fail(10);
    expect(await waitOf()).toBeGreaterThan(0);
  });

  it('does not count an attempt that is taken back', async () => {
    await fail(9);
    for (let time = 0; time < 5; time++) await (await throttle.begin(somebody())).takeBack();
    await fail(1);
    expect(await waitOf()).toBeGreaterThan(0);
  });

  it('lets the account’s own browser in while strangers guess, and counts that browser by itself', async () => {
    await fail(10);
    const own = () => somebody(undefined, 'browser-1');
    expect(await waitOf(own())).toBe(0);
    await fail(9, own);
    expect(await waitOf(own())).toBeGreaterThan(0);
    expect(await waitOf(somebody(undefined, 'browser-2'))).toBe(0);
  });

  it('refuses an address that tries many accounts, and no other', async () => {
    let account = 0;
    const from = (address: string) => ({ email: `${++account}@example.com`, address, browserId: null });
    await fail(50, () => from('203.0.113.9'));
    expect(await waitOf(from('203.0.113.9'))).toBeGreaterThan(0);
    expect(await waitOf(from('203.0.113.10'))).toBe(0);
  });

  it('takes an IPv6 network for one address', async () => {
    let account = 0;
    const from = (address: string) => ({ email: `${++account}@example.com`, address, browserId: null });
    await fail(50, () => from(`2001:db8::${account.toString(16)}`));
    expect(await waitOf(from('2001:db8:0:0:ffff::1'))).toBeGreaterThan(0);
    expect(await waitOf(from('2001:db8:0:1::1'))).toBe(0);
  });

  it('forgets failures of yesterday', async () => {
    await fail(10);
    await dataSources[0].query(`UPDATE sign_in_attempt SET last_at = now() - interval '25 hours'`);
    expect(await waitOf()).toBe(0);
  });

  it('keeps nobody’s address as it was typed', async () => {
    await fail(1);
    const rows = await dataSources[0].query('SELECT key FROM sign_in_attempt');
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toMatch(/minji|198\.51/);
  });
});
