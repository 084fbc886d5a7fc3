import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { REPOSITORY } from '@munjigi/tools';

const ADMIN = join(REPOSITORY, 'apps/admin');

/** What a page may ask a browser to fetch of JavaScript before it is there, compressed, in bytes. */
export const FIRST_LOAD_MAX = 200_000;

interface RouteStats {
  readonly route: string;
  readonly firstLoadChunkPaths: readonly string[];
}

/**
 * The JavaScript that each route of the built console is opened with, in bytes as the console sends them (gzip); what
 * comes later, when something is opened, is not in it.
 */
export function firstLoadOfRoutes(): ReadonlyMap<string, number> {
  const stats = JSON.parse(
    readFileSync(join(ADMIN, '.next/diagnostics/route-bundle-stats.json'), 'utf8'),
  ) as RouteStats[];
  const sizes = new Map<string, number>();
  const sizeOf = (path: string) => {
    const known = sizes.get(path) ?? gzipSync(readFileSync(join(ADMIN, path)), { level: 6 }).length;
    sizes.set(path, known);
    return known;
  };
  return new Map(
    stats.map(({ route, firstLoadChunkPaths }) => [
      route,
      firstLoadChunkPaths.reduce((sum, path) => sum + sizeOf(path), 0),
    ]),
  );
}
