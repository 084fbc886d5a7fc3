import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectories } from '../testing/temp-directory';
import { dataFolderCheck, linesCheck, memoryCheck, systemCheck, temperatureCheck } from './machine-checks';

const newDirectory = temporaryDirectories();

describe('the data folder', () => {
  it('is made for this user alone where there is none', async () => {
    const directory = join(newDirectory(), 'data');
    expect(await dataFolderCheck(directory).run()).toMatchObject({ state: 'ok' });
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it('is complained of where others may read it', async () => {
    const directory = newDirectory();
    chmodSync(directory, 0o755);
    expect(await dataFolderCheck(directory).run()).toMatchObject({
      state: 'warn',
      advice: `chmod 700 ${directory}`,
    });
  });

  it('is a fault where a file stands in its place', async () => {
    const file = join(newDirectory(), 'data');
    writeFileSync(file, '');
    expect(await dataFolderCheck(file).run()).toMatchObject({ state: 'fail' });
  });
});

describe('the lines of the relay', () => {
  it('are named where they may be opened, and missed where there are none', async () => {
    const devices = newDirectory();
    expect(await linesCheck(devices).run()).toMatchObject({ state: 'warn', found: 'no GPIO here' });
    for (const name of ['gpiochip1', 'gpiochip0', 'gpio']) writeFileSync(join(devices, name), '');
    expect(await linesCheck(devices).run()).toEqual({ state: 'ok', found: 'gpiochip0, gpiochip1' });
    mkdirSync(join(devices, 'more'));
  });
});

it.each([systemCheck, memoryCheck, temperatureCheck])(
  '$name tells something of any machine',
  async ({ run }) => {
    expect((await run()).found).not.toBe('');
  },
);
