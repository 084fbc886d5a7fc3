import { chmod } from 'node:fs/promises';

import { temporaryFolder, type TemporaryFolder } from '../testing/temporary-folder';
import { findFfmpeg } from './find-ffmpeg';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(() => folder.remove());

describe('findFfmpeg', () => {
  it('takes the configured one, or says what is wrong with it', async () => {
    expect(await findFfmpeg({ configuredPath: process.execPath, searchPath: '' })).toBe(process.execPath);
    await expect(findFfmpeg({ configuredPath: '/no/such/ffmpeg', searchPath: '' })).rejects.toMatchObject({
      code: 'video/no-ffmpeg',
      message: expect.stringContaining('/no/such/ffmpeg'),
    });
  });

  it('takes the first on the search path, else the packaged one', async () => {
    expect(await findFfmpeg({ configuredPath: null, searchPath: `/nowhere:${folder.path}` })).toMatch(
      /ffmpeg-installer/,
    );
    const ours = await folder.write('ffmpeg', '#!/bin/sh\n');
    await chmod(ours, 0o755);
    expect(await findFfmpeg({ configuredPath: null, searchPath: `/nowhere:${folder.path}` })).toBe(ours);
  });
});
