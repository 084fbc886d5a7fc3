import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgresBinaries, usableBinaries } from './postgres-binaries';
import { canRun, databaseUser } from './system-user';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'munjigi-api-binaries-'));
  await chmod(directory, 0o755);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** A copy of the installed build as npm unpacks it: without links. */
async function unpacked(place: string) {
  const { nativeDirectory, version } = await findPostgresBinaries();
  const copy = join(place, 'native');
  await cp(nativeDirectory, copy, { recursive: true, verbatimSymlinks: true });
  const links = JSON.parse(await readFile(join(copy, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of links) await rm(join(place, target), { force: true });
  return {
    binaries: { nativeDirectory: copy, version },
    links: links.map(({ target }) => join(place, target)),
  };
}

describe('usableBinaries', () => {
  it('completes the links that the package could not carry', async () => {
    const { binaries, links } = await unpacked(directory);
    expect(links.length).toBeGreaterThan(0);
    const copies = join(directory, 'copies');
    expect(await usableBinaries(binaries, databaseUser(), copies)).toBe(binaries.nativeDirectory);
    for (const link of links) expect((await lstat(link)).isSymbolicLink()).toBe(true);
    await expect(lstat(copies)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;

  asRoot('copies a build aside that the database’s user cannot reach, once', async () => {
    const closed = join(directory, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const { binaries } = await unpacked(closed);
    const copies = join(directory, 'copies');
    await mkdir(join(copies, 'native-0.0.1'), { recursive: true });
    await chown(copies, 65_534, 65_534);
    const used = await usableBinaries(binaries, databaseUser(), copies);
    expect(used).toBe(join(copies, `native-${binaries.version}`));
    expect(await canRun(join(used, 'bin', 'postgres'), databaseUser())).toBe(true);
    // The copy of an older release is of no more use.
    await expect(lstat(join(copies, 'native-0.0.1'))).rejects.toMatchObject({ code: 'ENOENT' });
    const { ctimeMs } = await lstat(used);
    expect(await usableBinaries(binaries, databaseUser(), copies)).toBe(used);
    expect((await lstat(used)).ctimeMs).toBe(ctimeMs);
  });
});
