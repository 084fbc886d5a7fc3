import type {
  CameraRequest,
  CameraSettings,
  DecoderUse,
  DoorSettingsPatch,
  PreviewFrame,
  PushedEvent,
} from '@munjigi/contracts';
import { v7 as uuidV7 } from 'uuid';
import type { LocalCamera } from '../adapters/frames/local-camera';
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
import type { DoorJournal } from '../stages/keep-journal';
import type { RecentEvents } from '../stages/recent-events';
import { pairDevice } from '../pairing/pair-device';
import type { ServerLink } from '../sync/server-link';
import type { TargetState } from '../sync/target-state';
import { settingsOf, viewOf } from './camera-form';
import { PageError } from './page-error';
import type { NewPerson, PageCamera, PageEvent, PageSettings, PageState, PageUser } from './page-user';
import type { PageViewers } from './page-viewers';

/** The parts of a door that its page shows. */
export interface DoorPageOptions {
  readonly agentVersion: string;
  /** Who alone vouches for the server, PEM; null: whom the system trusts. */
  readonly serverCa: string | null;
  readonly model: { readonly modelId: string; readonly similarityMin: number };
  readonly clock: Clock;
  readonly viewers: PageViewers;
  readonly faults: DoorFaults;
  readonly actuator: DoorActuator;
  readonly mailbox: FrameMailbox;
  readonly pipeline: Pipeline;
  readonly events: EventStore;
  readonly recentEvents: RecentEvents;
  readonly decoder: () => DecoderUse | null;
  readonly knowledge: DoorKnowledge;
  readonly people: LocalPeople;
  readonly journal: Pick<DoorJournal, 'note'>;
  readonly target: Pick<TargetState, 'camera'>;
  readonly localCamera: Pick<LocalCamera, 'wish' | 'write'>;
  /** Another camera may be wanted. */
  readonly onCameraSet: () => void;
  readonly fixedServerUrl: string | null;
  readonly captures: Pick<CaptureKeeper, 'answer'>;
  readonly identity: Identity;
  readonly uplink: Pick<ServerLink, 'isLinked' | 'refusal' | 'serverUrl' | 'use'>;
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
      decoder: this.#options.decoder(),
      lock: actuator.lock,
      condition: actuator.condition,
      inputs: actuator.inputs,
      templateCount: knowledge.templateCount,
      threshold: pipeline.threshold,
      eventsWaiting: events.waitingCount,
      lastEventId: this.#options.recentEvents.newest?.id ?? null,
      server: this.#server(),
    };
  }

  events(): readonly PageEvent[] {
    return this.#options.recentEvents.all.map((event) => this.#shown(event));
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

  camera(): PageCamera {
    const { target } = this.#options;
    const settings = this.#wishedCamera();
    return { isServers: target.camera !== null, settings: settings && viewOf(settings) };
  }

  setCamera(request: CameraRequest): void {
    const { target, localCamera, onCameraSet } = this.#options;
    if (target.camera !== null)
      throw new PageError(
        'settings/servers',
        'The server says which camera this door has. Change it there.',
        {
          status: 409,
        },
      );
    localCamera.write(settingsOf(request, this.#wishedCamera()));
    onCameraSet();
  }

  unlock(): void {
    const { actuator, journal, knowledge, pipeline } = this.#options;
    pipeline.keepMode();
    const refusal = actuator.refusalFor('operator');
    if (refusal !== null)
      throw new PageError('door/refused', 'The door unlocks for nobody now.', {
        status: 409,
        facts: { refusal },
      });
    const { unlockMs } = knowledge.settings;
    // What is not written down is not done.
    if (!journal.note({ kind: 'remote-unlock', commandId: uuidV7(), unlockMs }))
      throw new PageError('door/not-recorded', 'The door cannot write it down, and stays shut.', {
        status: 503,
      });
    actuator.unlock({ unlockMs, by: 'operator' });
  }

  async pair(serverUrl: string, code: string): Promise<{ doorName: string; fingerprint: string }> {
    const { identity, uplink, agentVersion, fixedServerUrl, serverCa } = this.#options;
    if (fixedServerUrl !== null && new URL(fixedServerUrl).origin !== new URL(serverUrl).origin)
      throw new PageError('pairing/fixed-server', `The configuration names the server ${fixedServerUrl}.`, {
        status: 409,
      });
    const { doorName, fingerprint } = await pairDevice({
      ...{ serverUrl, serverCa, code, identity, agentVersion },
    });
    await uplink.use(serverUrl);
    return { doorName, fingerprint };
  }

  #shown(event: PushedEvent): PageEvent {
    const { id, occurredAt, kind } = event;
    if (event.kind !== 'access') return { id, occurredAt, kind, access: null };
    const { outcome, reason, personId, similarity } = event;
    const name = personId === null ? '' : this.#options.knowledge.nameOf(personId);
    return { id, occurredAt, kind, access: { outcome, reason, similarity, personName: name || null } };
  }

  #wishedCamera(): CameraSettings | null {
    const { target, localCamera } = this.#options;
    return target.camera ?? localCamera.wish.settings;
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
    const { identity, uplink, fixedServerUrl } = this.#options;
    const { isLinked, refusal, serverUrl: url } = uplink;
    return {
      url,
      isLinked,
      refusal,
      isFixed: fixedServerUrl !== null,
      fingerprint: identity.keys[0]?.fingerprint ?? null,
    };
  }
}
