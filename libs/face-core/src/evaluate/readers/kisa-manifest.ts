import { FaceCoreError } from '../../errors';
import { readCsv, textCell } from './csv';
import { groupsOf, type Groups } from './groups';
import { ImageList, type EvaluationImage } from './images';

/** A picture of the certification test. */
export interface KisaImage {
  /** Index in the list of pictures. */
  readonly image: number;
  readonly person: string;
  /** `lighting`, `expression`, `pose`, `accessory` or another of the manifest's own. */
  readonly category: string;
  readonly condition: string;
  readonly groups: Groups;
}

/** One registration picture a person, and the probes that are compared with all of them. */
export interface KisaManifest {
  readonly images: readonly EvaluationImage[];
  readonly registrations: readonly KisaImage[];
  readonly probes: readonly KisaImage[];
}

/** The category of the pictures that are enrolled. */
export const REGISTRATION = 'registration';

/**
 * Reads a certification manifest, CSV `path,person,category,condition`, with columns for groups where it has them.
 *
 * @throws {FaceCoreError} as `readCsv`; `evaluate/image-missing`; `evaluate/registration` when a person has two
 *   registration pictures or a probe's person has none, with file and line
 */
export async function readKisaCsv(path: string, directory: string): Promise<KisaManifest> {
  const { rows } = await readCsv(path, ['path', 'person', 'category', 'condition']);
  const list = new ImageList(directory);
  const members = rows.map((row) => ({
    where: row.where,
    image: list.add(textCell(row, 'path'), row.where),
    person: textCell(row, 'person'),
    category: textCell(row, 'category'),
    condition: textCell(row, 'condition'),
    groups: groupsOf(row.cells),
  }));
  return kisaManifest(list.images, members);
}

/** A picture with where the input names it. */
export type LocatedKisaImage = KisaImage & { readonly where: string };

/** Parts registrations from probes. @throws {FaceCoreError} `evaluate/registration` */
export function kisaManifest(
  images: readonly EvaluationImage[],
  members: readonly LocatedKisaImage[],
): KisaManifest {
  const registered = new Map<string, LocatedKisaImage>();
  for (const member of members) {
    if (member.category !== REGISTRATION) continue;
    const before = registered.get(member.person);
    if (before) {
      throw registrationError(member, `${member.person} is registered already, at ${before.where}`);
    }
    registered.set(member.person, member);
  }
  const probes = members.filter(({ category }) => category !== REGISTRATION);
  const stray = probes.find(({ person }) => !registered.has(person));
  if (stray) throw registrationError(stray, `${stray.person} has no registration picture`);
  if (probes.length === 0) throw new FaceCoreError('evaluate/empty-input', 'The manifest names no probe.');
  return { images, registrations: [...registered.values()], probes };
}

function registrationError({ where }: LocatedKisaImage, reason: string): FaceCoreError {
  return new FaceCoreError('evaluate/registration', `${where}: ${reason}; each person needs exactly one.`);
}
