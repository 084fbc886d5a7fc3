import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectories } from '../../testing/temp-directory';
import { until } from '../../testing/until';
import { WrongClock } from './wrong-clock';

const HOUR_MS = 3_600_000;
const newDirectory = temporaryDirectories();

describe('WrongClock', () => {
  it('follows the file while it runs, and is right where the file says nothing', async () => {
    const path = join(newDirectory(), 'clock');
    const clock = new WrongClock(path);
    const hoursWrong = (): number => Math.round((clock.wallMs() - Date.now()) / HOUR_MS);
    expect(hoursWrong()).toBe(0);
    writeFileSync(path, String(HOUR_MS));
    await until(() => hoursWrong() === 1);
    writeFileSync(path, `-${HOUR_MS}`);
    await until(() => hoursWrong() === -1);
    writeFileSync(path, 'nonsense');
    await until(() => hoursWrong() === 0);
  });
});
