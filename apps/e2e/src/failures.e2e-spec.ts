import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManagedProcess, REPOSITORY } from '@munjigi/tools';
import { expect, test } from '@playwright/test';

/** What servers and doors say of a wrong start is shown by their own tests. */
test.describe('a demo that cannot start', () => {
  const directory = mkdtempSync(join(tmpdir(), 'munjigi-failures-'));
  const other = createServer();
  test.afterAll(() => {
    other.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('names the port that is taken, with the setting that chooses another', async () => {
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const port = String((other.address() as AddressInfo).port);
    const logFile = join(directory, 'demo.log');
    const demo = new ManagedProcess({
      ...{ name: 'demo', command: process.execPath, args: ['--import', 'tsx', 'tools/src/start/main.ts'] },
      env: { ...process.env, MUNJIGI_DATA: join(directory, 'data'), PORT: port },
      ...{ cwd: REPOSITORY, logFile },
    });
    demo.start();
    expect(await demo.ended()).toBe(1);
    const said = readFileSync(logFile, 'utf8');
    expect(said).toContain(`Port ${port} is taken by another program.`);
    expect(said).toContain('PORT');
  });
});
