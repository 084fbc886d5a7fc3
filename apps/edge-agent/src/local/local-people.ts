import { Gallery, type Candidate } from '@munjigi/face-core';
import type { Logger } from 'pino';
import { v7 as uuidV7 } from 'uuid';
import { PageError } from '../page/page-error';
import type { Clock } from '../ports/clock';
import type { LocalPerson, LocalStore, LocalTemplate } from '../ports/local-store';
import type { Vision } from '../ports/vision';
import { faceOfPhoto, type FaceOfPhoto, type PhotoOrigin } from './face-of-photo';

/** What may be said of a local person. */
export type PersonFacts = Pick<LocalPerson, 'name' | 'validFrom' | 'validUntil'>;

/** A registration: who, and pictures of them alone, at least one. */
export interface Registration extends PersonFacts {
  readonly photos: readonly Uint8Array[];
  readonly origin: PhotoOrigin;
  /** Whether the door lets them pass at once. */
  readonly passes: boolean;
  /** Somebody looked, and it is not whoever is found alike. */
  readonly isSomebodyElse: boolean;
}

/** A local person and how many templates there are of them; with none they are not recognised. */
export interface KnownPerson extends LocalPerson {
  readonly templateCount: number;
}

/** What local people are kept and recognised with. */
export interface LocalPeopleOptions {
  readonly store: LocalStore;
  readonly vision: Vision;
  readonly clock: Clock;
  readonly log: Logger;
  /** Who else is known here and most like an embedding, from the similarity at which the door takes them for one. */
  readonly alike: (embedding: Float32Array) => { readonly personId: string; readonly name: string } | null;
}

const TEMPLATES_PER_PERSON_MAX = 10;
const PEOPLE_MAX = 5_000;

/** The people who were registered at this door itself: kept in the store first, then in memory for deciding. */
export class LocalPeople {
  readonly #options: LocalPeopleOptions;
  readonly #people = new Map<string, LocalPerson>();
  /** The person of each template. */
  readonly #templates = new Map<string, string>();
  readonly #gallery: Gallery;
  readonly #listeners = new Set<() => void>();
  /** One registration at a time: looking at pictures is work that the door itself needs the computer for. */
  #isBusy = false;

  constructor(options: LocalPeopleOptions) {
    this.#options = options;
    const { modelId, dimension } = options.vision;
    this.#gallery = new Gallery({ modelId, dimension });
  }

  /** Fills the memory from the store. */
  load(): void {
    const { store, log } = this.#options;
    const { people, templates, unreadable } = store.load();
    for (const person of people) this.#people.set(person.id, person);
    for (const template of templates) this.#remember(template);
    if (unreadable > 0) log.error({ unreadable }, 'local people unreadable: register them again');
  }

  /** Everybody, by name. */
  get all(): readonly KnownPerson[] {
    const counts = new Map<string, number>();
    for (const personId of this.#templates.values()) counts.set(personId, (counts.get(personId) ?? 0) + 1);
    return [...this.#people.values()]
      .map((person) => ({ ...person, templateCount: counts.get(person.id) ?? 0 }))
      .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  }

  /** How many people there are. */
  get count(): number {
    return this.#people.size;
  }

  get templateCount(): number {
    return this.#gallery.size;
  }

  find(personId: string): LocalPerson | undefined {
    return this.#people.get(personId);
  }

  /** The people most like a probe, best first. */
  search(probe: Float32Array, top: number): Candidate[] {
    return this.#gallery.size === 0 ? [] : this.#gallery.search(probe, { top });
  }

  /** Calls the listener after every change. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * Registers somebody.
   *
   * @throws {PageError} `photo/...`, `person/alike` whose facts name who is found alike, `person/too-many`,
   *   `page/busy`
   */
  async register({ photos, origin, isSomebodyElse, ...facts }: Registration): Promise<KnownPerson> {
    if (this.#people.size >= PEOPLE_MAX)
      throw new PageError('person/too-many', `This door keeps ${PEOPLE_MAX} people at most.`, {
        status: 409,
      });
    const faces = await this.#facesOf(photos, origin);
    if (!isSomebodyElse) this.#refuseAlike(faces, null);
    const { store, clock } = this.#options;
    const person = { id: uuidV7(), ...facts, createdAt: new Date(clock.wallMs()).toISOString() };
    const templates = templatesOf(person.id, faces);
    store.put(person, templates);
    this.#people.set(person.id, person);
    for (const template of templates) this.#remember(template);
    this.#tell();
    return { ...person, templateCount: templates.length };
  }

  /** Adds pictures of somebody who is registered. @throws {PageError} as `register`; `person/unknown` */
  async addPhotos(personId: string, { photos, origin, isSomebodyElse }: PhotosOfPerson): Promise<void> {
    const person = this.#known(personId);
    const has = [...this.#templates.values()].filter((each) => each === personId).length;
    if (has + photos.length > TEMPLATES_PER_PERSON_MAX)
      throw new PageError('person/enough-photos', 'There are enough pictures of this person.', {
        status: 409,
      });
    const faces = await this.#facesOf(photos, origin);
    if (!isSomebodyElse) this.#refuseAlike(faces, personId);
    const templates = templatesOf(personId, faces);
    this.#options.store.put(this.#people.get(personId) ?? person, templates);
    for (const template of templates) this.#remember(template);
    this.#tell();
  }

  /** Changes what is said of somebody. @throws {PageError} `person/unknown` */
  change(personId: string, facts: Partial<PersonFacts>): void {
    const person = { ...this.#known(personId), ...facts };
    this.#options.store.put(person);
    this.#people.set(personId, person);
    this.#tell();
  }

  /** Forgets somebody, with templates and pictures. @throws {PageError} `person/unknown` */
  remove(personId: string): void {
    this.#known(personId);
    this.#options.store.remove(personId);
    this.#people.delete(personId);
    this.#gallery.removePerson(personId);
    for (const [templateId, owner] of this.#templates)
      if (owner === personId) this.#templates.delete(templateId);
    this.#tell();
  }

  /** The pictures of somebody. @throws {PageError} `person/unknown` */
  photosOf(personId: string): Uint8Array[] {
    return this.#options.store.photosOf(this.#known(personId).id);
  }

  async #facesOf(photos: readonly Uint8Array[], origin: PhotoOrigin): Promise<FaceOfPhoto[]> {
    if (this.#isBusy)
      throw new PageError('page/busy', 'Another picture is being looked at.', { status: 409 });
    this.#isBusy = true;
    try {
      const faces: FaceOfPhoto[] = [];
      for (const photo of photos) faces.push(await faceOfPhoto(this.#options.vision, photo, origin));
      return faces;
    } finally {
      this.#isBusy = false;
    }
  }

  #refuseAlike(faces: readonly FaceOfPhoto[], meant: string | null): void {
    for (const { embedding } of faces) {
      const found = this.#options.alike(embedding);
      if (!found || found.personId === meant) continue;
      const facts = { personId: found.personId, name: found.name };
      throw new PageError('person/alike', `This face looks like ${found.name}.`, { status: 409, facts });
    }
  }

  #known(personId: string): LocalPerson {
    const person = this.#people.get(personId);
    if (person) return person;
    throw new PageError('person/unknown', 'Nobody of this id is registered here.', { status: 404 });
  }

  #remember({ id: templateId, personId, embedding }: Omit<LocalTemplate, 'photo'>): void {
    if (!this.#people.has(personId)) return;
    this.#templates.set(templateId, personId);
    this.#gallery.put({ templateId, personId, modelId: this.#gallery.modelId, embedding });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** More pictures of somebody. */
export type PhotosOfPerson = Pick<Registration, 'photos' | 'origin' | 'isSomebodyElse'>;

function templatesOf(personId: string, faces: readonly FaceOfPhoto[]): LocalTemplate[] {
  return faces.map(({ embedding, photo }) => ({ id: uuidV7(), personId, embedding, photo }));
}
