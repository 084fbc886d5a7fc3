import type { DoorSettingsPatch, PreviewFrame } from '@munjigi/contracts';
import type { DoorFaults } from '../domain/door-faults';
import type { Clock } from '../ports/clock';
import type { EventStore } from '../ports/event-store';
import type { Identity } from '../ports/identity';
import type { Pipeline } from '../pipeline';
import type { DoorKnowledge } from '../local/door-knowledge';
import type { KnownPerson, LocalPeople, PersonFacts } from '../local/local-people';
import type { DoorActuator } from '../stages/actuate';
import type { FrameMailbox } from '../stages/capture';
import type { CaptureKeeper } from '../stages/keep-captures';
import { PageError } from './page-error';
import type { NewPerson, PageSettings, PageState, PageUser } from './page-user';
import type { PageViewers } from './page-viewers';

/** The parts of a door that its page shows. */
export interface DoorPageOptions {
  readonly agentVersion: string;
  readonly model: { readonly modelId: string; readonly similarityMin: number };
  readonly clock: Clock;
  readonly viewers: PageViewers;
  readonly faults: DoorFaults;
  readonly actuator: DoorActuator;
  readonly mailbox: FrameMailbox;
  readonly pipeline: Pipeline;
  readonly events: EventStore;
  readonly knowledge: DoorKnowledge;
  readonly people: LocalPeople;
  readonly captures: Pick<CaptureKeeper, 'answer'>;
  readonly identity: Identity;
  readonly uplink: { readonly isLinked: boolean; readonly serverUrl: string | null };
}

/** What the page asks of the door, done by the parts that do it for everybody. */
export class DoorPage implements PageUser {
  readonly #options: DoorPageOptions;

  constructor(options: DoorPageOptions) {
    this.#options = options;
  }

  state(): PageState {
    const { actuator, agentVersion, clock, events, faults, knowledge, mailbox, model, pipeline } =
      this.#options;
    return {
      ...{ agentVersion, modelId: model.modelId, uptimeMs: clock.monotonicMs() },
      framesPerSecond: pipeline.framesPerSecond,
      framesDropped: mailbox.dropped,
      memoryBytes: process.memoryUsage.rss(),
      ...faults.told,
      lock: actuator.lock,
      condition: actuator.condition,
      templateCount: knowledge.templateCount,
      threshold: pipeline.threshold,
      eventsWaiting: events.waitingCount,
      server: this.#server(),
    };
  }

  watch(viewer: (frame: PreviewFrame) => void): () => void {
    return this.#options.viewers.watch(viewer);
  }

  people(): readonly KnownPerson[] {
    return this.#options.people.all;
  }

  async registerTrack(trackId: string, facts: NewPerson): Promise<KnownPerson> {
    const answer = this.#options.captures.answer(trackId);
    if (!answer.ok) throw new PageError(answer.error.code, answer.error.message, { status: 404 });
    const photos = answer.captures.map(({ jpeg }) => jpeg);
    return this.#register(facts, { photos, origin: 'door' });
  }

  registerPhoto(photo: Uint8Array, facts: NewPerson): Promise<KnownPerson> {
    return this.#register(facts, { photos: [photo], origin: 'file' });
  }

  addPhoto(personId: string, photo: Uint8Array, isSomebodyElse: boolean): Promise<void> {
    return this.#options.people.addPhotos(personId, { photos: [photo], origin: 'file', isSomebodyElse });
  }

  photoOf(personId: string): Uint8Array {
    const [photo] = this.#options.people.photosOf(personId);
    if (photo) return photo;
    throw new PageError('person/no-photo', 'There is no picture of this person.', { status: 404 });
  }

  changePerson(personId: string, facts: Partial<PersonFacts>): void {
    const { validFrom, validUntil } = { ...this.#options.people.find(personId), ...facts };
    if (validFrom && validUntil && Date.parse(validFrom) >= Date.parse(validUntil))
      throw new PageError('person/dates', 'The end must be after the beginning.', { status: 400 });
    this.#options.people.change(personId, facts);
  }

  removePerson(personId: string): void {
    this.#options.people.remove(personId);
  }

  settings(): PageSettings {
    const { knowledge, model } = this.#options;
    const { isServersDoor: isServers, settings } = knowledge;
    return { isServers, settings, modelSimilarityMin: model.similarityMin };
  }

  changeSettings(patch: DoorSettingsPatch): void {
    const { knowledge } = this.#options;
    if (knowledge.isServersDoor)
      throw new PageError('settings/servers', 'The server says how this door decides. Change it there.', {
        status: 409,
      });
    knowledge.changeSettings(patch);
  }

  /** Where a server decides who passes, somebody who is registered here waits until it has. */
  #register(
    facts: NewPerson,
    pictures: { photos: readonly Uint8Array[]; origin: 'file' | 'door' },
  ): Promise<KnownPerson> {
    const { people, uplink } = this.#options;
    return people.register({ ...facts, ...pictures, passes: uplink.serverUrl === null });
  }

  #server(): PageState['server'] {
    const { identity, uplink } = this.#options;
    const { isLinked, serverUrl: url } = uplink;
    return { url, isLinked, fingerprint: identity.keys[0]?.fingerprint ?? null };
  }
}
