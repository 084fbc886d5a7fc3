import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { FaceCoreError } from '../../errors';
import { foldersIn, ImageList, picturesIn } from './images';
import { kisaManifest, REGISTRATION, type KisaManifest, type LocatedKisaImage } from './kisa-manifest';

/** Which of K-Face's conditions are compared. Undefined: all that are on disk. */
export interface KFaceConditions {
  /** The resolution's folder, `High`, `Middle` or `Low`; case does not matter. */
  readonly resolution: string;
  readonly accessories: readonly string[] | undefined;
  readonly lights: readonly string[] | undefined;
  readonly expressions: readonly string[] | undefined;
  readonly poses: readonly string[] | undefined;
}

/**
 * The choice of Chang and Park (2021): the high resolution; poses within 45 degrees (C4 to C10, C7 frontal); nothing,
 * glasses (S002, S003) and a hat (S005), but neither sunglasses (S004) nor hat with glasses (S006). They left out some
 * lights and do not say which: all are taken.
 */
export const KFACE_PAPER: KFaceConditions = {
  resolution: 'High',
  accessories: ['S001', 'S002', 'S003', 'S005'],
  lights: undefined,
  expressions: undefined,
  poses: ['C4', 'C5', 'C6', 'C7', 'C8', 'C9', 'C10'],
};

/** Frontal, neutral, nothing worn, frontal white light. */
const PLAIN = { accessory: 'S001', light: 'L1', expression: 'E01', pose: 'C7' } as const;

/**
 * Reads K-Face (`resolution/ID/accessory/light/expression/pose.jpg`) as a certification test: each person is enrolled
 * from the plain picture (S001, L1, E01, C7); a probe differs from it in one thing, which is its category.
 *
 * @throws {FaceCoreError} `evaluate/unreadable-input`, `evaluate/empty-input`, `evaluate/image-missing` (a person
 *   without the plain picture)
 */
export async function readKFace(
  directory: string,
  conditions: KFaceConditions = KFACE_PAPER,
): Promise<KisaManifest> {
  const resolution = await resolutionFolder(directory, conditions.resolution);
  const list = new ImageList(directory);
  const members: LocatedKisaImage[] = [];
  for (const person of await foldersIn(join(directory, resolution))) {
    const folder = join(resolution, person);
    const add = (category: string, condition: string, path: string) => {
      const where = join(directory, folder);
      members.push({ where, image: list.add(path, where), person, category, condition, groups: {} });
    };
    add(REGISTRATION, 'plain', pathOf(folder, {}));
    for (const probe of await probesOf(directory, folder, conditions)) {
      if (existsSync(join(directory, probe.path))) add(probe.category, probe.condition, probe.path);
    }
  }
  return kisaManifest(list.images, members);
}

interface ProbePath {
  readonly category: string;
  readonly condition: string;
  readonly path: string;
}

async function probesOf(directory: string, folder: string, wanted: KFaceConditions): Promise<ProbePath[]> {
  const within = (...parts: string[]) => join(directory, folder, ...parts);
  const { accessory, light, expression } = PLAIN;
  const pictures = await picturesIn(within(accessory, light, expression));
  const kinds = [
    ['accessory', await foldersIn(within()), wanted.accessories],
    ['light', await foldersIn(within(accessory)), wanted.lights],
    ['expression', await foldersIn(within(accessory, light)), wanted.expressions],
    ['pose', pictures.map((name) => name.replace(/\.[^.]+$/, '')), wanted.poses],
  ] as const;
  return kinds.flatMap(([kind, present, chosen]) =>
    present
      .filter((code) => code !== PLAIN[kind] && (!chosen || chosen.includes(code)))
      .map((condition) => ({
        category: kind === 'light' ? 'lighting' : kind,
        condition,
        path: pathOf(folder, { [kind]: condition }),
      })),
  );
}

function pathOf(folder: string, change: Partial<Record<keyof typeof PLAIN, string>>): string {
  const { accessory, light, expression, pose } = { ...PLAIN, ...change };
  return join(folder, accessory, light, expression, `${pose}.jpg`);
}

async function resolutionFolder(directory: string, wanted: string): Promise<string> {
  const folders = await foldersIn(directory);
  const found = folders.find((name) => name.toLowerCase() === wanted.toLowerCase());
  if (found) return found;
  throw new FaceCoreError(
    'evaluate/unreadable-input',
    `${directory} has no folder ${wanted}. It has: ${folders.join(', ') || 'none'}.`,
  );
}
