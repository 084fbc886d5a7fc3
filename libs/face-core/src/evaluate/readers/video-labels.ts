import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { FaceCoreError } from '../../errors';
import { numberCell, readCsv, textCell, type CsvRow } from './csv';
import { groupsOf, type Groups } from './groups';
import { ImageList, isPicture, type EvaluationImage } from './images';

/** A recording, by the name that the labels give it. */
export interface Recording {
  readonly name: string;
  readonly path: string;
}

/** A person's time before the camera. */
export interface LabelledVisit {
  /** Index in the list of recordings. */
  readonly recording: number;
  /** Of people who are not enrolled {@link STRANGER} or a name that nobody enrols. */
  readonly person: string;
  /** From the recording's beginning; to its end where the labels do not say: Infinity. */
  readonly startMs: number;
  readonly endMs: number;
  readonly groups: Groups;
}

/** What a person is enrolled from: a picture, or the best face of a recording. */
export type Enrolment =
  | { readonly person: string; readonly image: number }
  | { readonly person: string; readonly recording: Recording };

/** Recordings, who is on them when, and what people are enrolled from. */
export interface VideoLabels {
  readonly recordings: readonly Recording[];
  readonly visits: readonly LabelledVisit[];
  /** Pictures that people are enrolled from. */
  readonly images: readonly EvaluationImage[];
  readonly enrolments: readonly Enrolment[];
}

/** Whom the labels call so is not enrolled; two strangers may be two people. */
export const STRANGER = 'stranger';

interface LocatedVisit extends LabelledVisit {
  readonly where: string;
}

/**
 * Reads recordings from a CSV `path,person` and, where it has them: `start` and `end` (seconds of the recording between
 * which the person is before the camera), `enrol` (a picture, or another recording, that the person is enrolled from)
 * and columns for groups. A row for each visit: a recording with several people has several.
 *
 * @param directory what its paths are relative to
 * @throws {FaceCoreError} as `readCsv`; `video/missing`, `evaluate/image-missing`; `evaluate/bad-row` for times that
 *   cannot be and for a stranger who is enrolled; `evaluate/same-image` when a recording enrols and is judged
 */
export async function readVideoLabels(path: string, directory: string): Promise<VideoLabels> {
  const { rows } = await readCsv(path, ['path', 'person']);
  const recordings: Recording[] = [];
  const images = new ImageList(directory);
  const visits = rows.map((row) => visitOf(row, recordingIn(recordings, row, directory)));
  const enrolled = new Map<string, Enrolment & { readonly where: string }>();
  for (const row of rows) {
    if (!row.cells.enrol) continue;
    const enrolment = enrolmentOf(row, images, directory);
    enrolled.set(`${enrolment.person}\n${resolve(directory, row.cells.enrol)}`, {
      ...enrolment,
      where: row.where,
    });
  }
  assertApart(visits);
  for (const each of enrolled.values()) assertOther(each, recordings);
  const strip = <T extends { where: string }>({ where: _, ...rest }: T) => rest;
  return {
    recordings,
    visits: visits.map(strip),
    images: images.images,
    enrolments: [...enrolled.values()].map((each) => strip(each) as Enrolment),
  };
}

function recordingIn(recordings: Recording[], row: CsvRow, directory: string): number {
  const name = textCell(row, 'path');
  const path = resolve(directory, name);
  const known = recordings.findIndex((recording) => recording.path === path);
  if (known !== -1) return known;
  assertThere(path, row);
  return recordings.push({ name, path }) - 1;
}

function visitOf(row: CsvRow, recording: number): LocatedVisit {
  const seconds = (column: string, otherwise: number) =>
    row.cells[column] ? numberCell(row, column) : otherwise;
  const [start, end] = [seconds('start', 0), seconds('end', Infinity)];
  if (start < 0 || end <= start) {
    throw badRow(row, `a visit from ${start} to ${end} s cannot be: start is 0 or more, and end after it`);
  }
  return {
    where: row.where,
    recording,
    person: textCell(row, 'person'),
    startMs: start * 1000,
    endMs: end * 1000,
    groups: groupsOf(row.cells),
  };
}

function enrolmentOf(row: CsvRow, images: ImageList, directory: string): Enrolment {
  const [name, person] = [textCell(row, 'enrol'), textCell(row, 'person')];
  if (person === STRANGER) throw badRow(row, 'a stranger is not enrolled: give the person a name');
  if (isPicture(name)) return { person, image: images.add(name, row.where) };
  const path = resolve(directory, name);
  assertThere(path, row);
  return { person, recording: { name, path } };
}

function assertThere(path: string, { where }: CsvRow): void {
  if (!existsSync(path)) throw new FaceCoreError('video/missing', `${where}: there is no video ${path}.`);
}

/** One person cannot come while they are there. */
function assertApart(visits: readonly LocatedVisit[]): void {
  for (const [at, visit] of visits.entries()) {
    const other = visits
      .slice(0, at)
      .find(
        (earlier) =>
          earlier.recording === visit.recording && earlier.person === visit.person && overlap(earlier, visit),
      );
    if (!other || visit.person === STRANGER) continue;
    throw badRow(visit, `${visit.person} is there already, by ${other.where}`);
  }
}

function overlap(a: LabelledVisit, b: LabelledVisit): boolean {
  return a.startMs < b.endMs && b.startMs < a.endMs;
}

/** Whoever is enrolled from a recording would be recognised on it by the very same frame. */
function assertOther(
  enrolment: Enrolment & { readonly where: string },
  recordings: readonly Recording[],
): void {
  if (!('recording' in enrolment)) return;
  const { path, name } = enrolment.recording;
  if (!recordings.some((recording) => recording.path === path)) return;
  throw new FaceCoreError(
    'evaluate/same-image',
    `${enrolment.where}: ${name} enrols ${enrolment.person} and is judged as well; enrol from another recording.`,
  );
}

function badRow({ where }: { readonly where: string }, reason: string): FaceCoreError {
  return new FaceCoreError('evaluate/bad-row', `${where}: ${reason}.`);
}
