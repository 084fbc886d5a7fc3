import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectories } from '../../testing/temp-directory';
import { installModelsApart } from './install-models';

const newDirectory = temporaryDirectories();

describe('installing models in a process of its own', () => {
  const { execArgv } = process;
  beforeEach(() => (process.execArgv = ['--import', 'tsx']));
  afterEach(() => (process.execArgv = execArgv));

  it('fails with the installer’s own words where the models’ folder cannot be written', async () => {
    const file = join(newDirectory(), 'file');
    writeFileSync(file, '');
    const environment = { ...process.env, MUNJIGI_MODELS: join(file, 'models') };
    await expect(installModelsApart(environment)).rejects.toMatchObject({
      code: 'models/not-updated',
      message: expect.stringContaining('Choose another with MUNJIGI_MODELS') as string,
    });
  });
});
