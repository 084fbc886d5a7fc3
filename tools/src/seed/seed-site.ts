import { createHash } from 'node:crypto';
import { Random } from './random';

/** A place with doors and people. */
export interface SeededSite {
  readonly id: string;
  readonly name: string;
}

/** A door with the outbox that its events are of. */
export interface SeededDoor {
  readonly id: string;
  readonly name: string;
  /** Place in the list of sites. */
  readonly site: number;
  readonly epoch: string;
}

/** Somebody who passes doors. */
export interface SeededPerson {
  readonly id: string;
  readonly name: string;
  readonly employeeNumber: string;
  readonly department: string;
}

/** Everything that events refer to. */
export interface SeededOrganisation {
  readonly sites: readonly SeededSite[];
  readonly doors: readonly SeededDoor[];
  /** Person `n` works at site `n % sites.length`. */
  readonly people: readonly SeededPerson[];
}

const FAMILY = [...'김이박최정강조윤장임한오서신권황안송류홍'];
const GIVEN = [...'민지서연하준도윤예은수아지호현우건성진영미경희동욱'];
const FAMILY_LATIN = [
  'Anders',
  'Brown',
  'Costa',
  'Dubois',
  'Evans',
  'Fischer',
  'Garcia',
  'Haddad',
  'Ivanova',
];
const GIVEN_LATIN = ['Ada', 'Ben', 'Chloe', 'Dan', 'Elif', 'Farid', 'Grace', 'Hugo', 'Iris', 'Jonas', 'Kira'];
const DEPARTMENTS = ['개발', '영업', '생산', '총무', '인사', 'Research', 'Security', 'Facilities'];
const PLACES = ['Main entrance', 'Lobby', 'Server room', 'Car park', 'Laboratory', 'Warehouse', 'Canteen'];

/** Makes up an organisation. @param sinceMs when it was entered, ms since 1970 */
export function makeOrganisation(
  counts: { readonly sites: number; readonly doors: number; readonly people: number },
  seed: number,
  sinceMs: number,
): SeededOrganisation {
  const random = new Random(seed);
  const list = <T>(length: number, make: (index: number) => T) =>
    Array.from({ length }, (_, index) => make(index));
  return {
    sites: list(counts.sites, (index) => ({ id: random.uuid(sinceMs + index), name: `Site ${index + 1}` })),
    doors: list(counts.doors, (index) => ({
      id: random.uuid(sinceMs + index),
      name: `${PLACES[index % PLACES.length]} ${Math.floor(index / PLACES.length) + 1}`,
      site: index % counts.sites,
      epoch: random.uuid(sinceMs + index),
    })),
    people: list(counts.people, (index) => ({
      id: random.uuid(sinceMs + index),
      name: nameOf(random),
      employeeNumber: `E${String(index + 1).padStart(6, '0')}`,
      department: random.pick(DEPARTMENTS),
    })),
  };
}

/** The token of a door's agent, the same for the same seed: only for databases that hold nothing real. */
export function agentTokenOf(seed: number, door: number): string {
  return `mnj_agent_${createHash('sha256').update(`seeded ${seed} ${door}`).digest('base64url')}`;
}

function nameOf(random: Random): string {
  if (random.unit() < 0.8) return random.pick(FAMILY) + random.pick(GIVEN) + random.pick(GIVEN);
  return `${random.pick(GIVEN_LATIN)} ${random.pick(FAMILY_LATIN)}`;
}
