import type { DecoderUse } from '@munjigi/contracts';
import type { Logger } from 'pino';
import { systemClock } from './adapters/clock/system-clock';
import { WrongClock } from './adapters/clock/wrong-clock';
import { openDoor } from './adapters/door/open-door';
import { IdentityFile } from './adapters/store/identity-file';
import { openStore, type DoorStore } from './adapters/store/open-store';
import { SystemdSupervisor } from './adapters/supervisor/systemd-supervisor';
import { openFaceCoreVision } from './adapters/vision/face-core-vision';
import { Agent } from './agent';
import { cameraOpener, localCamera } from './compose-camera';
import { composeCommands } from './compose-commands';
import { composeDisk } from './compose-disk';
import type { AgentConfig } from './config';
import { DoorPage, type DoorPageOptions } from './page/door-page';
import { PageServer } from './page/page-server';
import { PageViewers } from './page/page-viewers';
import { SignIn } from './page/sign-in';
import { DoorKnowledge } from './local/door-knowledge';
import { handOver } from './local/hand-over';
import { LocalPeople } from './local/local-people';
import { Pipeline } from './pipeline';
import { DoorFaults } from './domain/door-faults';
import type { Clock } from './ports/clock';
import type { Disk } from './ports/disk';
import type { DoorHardware } from './ports/door-hardware';
import type { FrameSource } from './ports/frame-source';
import type { Uplink } from './ports/uplink-user';
import { NO_SUPERVISOR, type Supervisor } from './ports/supervisor';
import type { Vision } from './ports/vision';
import { RecentLog } from './recent-log';
import { DoorActuator } from './stages/actuate';
import { FrameMailbox } from './stages/capture';
import { CaptureKeeper } from './stages/keep-captures';
import { EventPictureKeeper } from './stages/keep-event-pictures';
import { DoorJournal } from './stages/keep-journal';
import { HealthKeeper, type WorkHealth } from './stages/keep-health';
import { ClockWatch } from './stages/watch-clock';
import { WatchdogKeeper } from './stages/keep-watchdog';
import { PreviewStage } from './stages/preview';
import { RecentEvents } from './stages/recent-events';
import { Identifier } from './stages/identify';
import type { CommandDesk } from './stages/obey-commands';
import { CameraSwitch, type CameraSwitchOptions } from './stages/switch-camera';
import { ServerLink } from './sync/server-link';
import { SocketUplink, type UplinkTimes } from './sync/socket-uplink';
import { TargetState } from './sync/target-state';

/** What may be built otherwise than the configuration says: hardware of another kind, or a test's. */
export interface ComposeOverrides {
  readonly source?: FrameSource;
  readonly hardware?: DoorHardware;
  readonly vision?: Vision;
  readonly clock?: Clock;
  readonly disk?: Disk;
  readonly uplinkTimes?: Partial<UplinkTimes>;
  readonly cameraTimes?: Pick<CameraSwitchOptions, 'trialMs'>;
}

/** A new door waits so long for the people it should know before it judges anybody. */
const FIRST_PAGE_LIMIT_MS = 5000;

/**
 * Builds an agent: the only place that knows which adapter stands behind which port. Starts nothing.
 *
 * @throws {FaceCoreError} `models/unknown`, `models/missing`, `models/corrupt`
 * @throws {AgentError} `store/...`
 */
export async function composeAgent(
  config: AgentConfig,
  log: Logger,
  overrides: ComposeOverrides = {},
): Promise<Agent> {
  const clock =
    overrides.clock ?? (config.clockFile === null ? systemClock : new WrongClock(config.clockFile));
  const vision = overrides.vision ?? (await openVision(config, log));
  try {
    return composeAround(vision, clock, { config, log, overrides });
  } catch (error) {
    await vision.close();
    throw error;
  }
}

interface Surroundings {
  readonly config: AgentConfig;
  readonly log: Logger;
  readonly overrides: ComposeOverrides;
}

function composeAround(vision: Vision, clock: Clock, surroundings: Surroundings): Agent {
  const { config, overrides } = surroundings;
  const recent = new RecentLog();
  const log = recent.follow(surroundings.log);
  const hardware = overrides.hardware ?? openDoor(config.door, { log, searchPath: config.searchPath });
  const store = openStore({ directory: config.dataDirectory, modelId: vision.modelId });
  if (store.damagedPath) log.error({ path: store.damagedPath }, 'store was damaged and set aside');
  const target = new TargetState({ store: store.state, model: vision, log });
  target.load();
  const people = new LocalPeople({
    ...{ store: store.local, vision, clock, log },
    alike: (embedding) => alikeIn(knowledge, embedding, pipeline.threshold.similarityMin),
  });
  people.load();
  const knowledge: DoorKnowledge = new DoorKnowledge({ target, people, store: store.local });
  log.info({ templates: knowledge.templateCount, revision: target.appliedRevision }, 'gallery loaded');

  const faults = new DoorFaults(() => link.uplink?.doorStateChanged());
  const local = localCamera(config, log);
  let decoder: DecoderUse | null = null;
  const camera = new CameraSwitch({
    wish: () => (target.camera ? { settings: target.camera, problem: null } : local.wish),
    open: cameraOpener(config, { clock, log, onDecoder: (use) => (decoder = use) }),
    ...{ memory: store.cameras, log, ...overrides.cameraTimes },
  });
  const captures = new CaptureKeeper({ clock, log });
  const pictures = new EventPictureKeeper({
    ...{ store: store.pictures, settings: () => knowledge.settings, log },
    onKept: () => link.uplink?.picturesWaiting(),
  });
  // Door, preview and uplink each tell the next; the uplink, built last, is reached through this.
  const link: { uplink: Uplink | null } = { uplink: null };
  const restart = new AbortController();
  const identifier: Identifier = new Identifier({ hardware, isWarning: () => actuator.condition.warning });
  const preview = new PreviewStage({
    ...{ clock, log, send: (frame) => link.uplink?.sendPreview(frame) },
    identifying: () => identifier.isOn,
    viewSize: () => camera.settings?.viewSize ?? '960x540',
  });
  const pagePreview: PreviewStage = new PreviewStage({
    ...{ clock, log, send: (frame) => viewers.show(frame), identifying: () => identifier.isOn },
    viewSize: () => camera.settings?.viewSize ?? '960x540',
  });
  const viewers = new PageViewers((watch) => pagePreview.watch(watch));
  const identity = new IdentityFile(config.dataDirectory);
  const recentEvents = new RecentEvents(store.events);
  const { keeper: disk, book } = composeDisk({
    ...{ config, log, events: store.events, disk: overrides.disk },
    onChange: () => link.uplink?.doorStateChanged(),
    onWritten: () => link.uplink?.eventsWaiting(),
    onAppended: (event) => recentEvents.note(event),
  });
  const actuator = new DoorActuator({
    hardware,
    clock,
    log,
    settings: () => knowledge.settings,
    onChange: () => link.uplink?.doorStateChanged(),
    // The parts below are there before the agent starts, and nothing happens before that.
    onHappening: (happening) => journal.note(happening),
  });
  const localUser = handOver(people, target);
  const openLink = (serverUrl: string): SocketUplink =>
    new SocketUplink({
      ...{ serverUrl, identity, clock, log, target, token: config.readToken, modelId: vision.modelId },
      ...{ agentVersion: config.agentVersion, events: store.events, times: overrides.uplinkTimes },
      pictures: store.pictures,
      serverCa: config.serverCa,
      user: {
        doorState: () => ({ ...doorOf(actuator), ...faults.told, disk: disk.state, health: health.last }),
        commands: {
          take: (message) => desk.answer(message),
          untold: () => desk.untold(),
          told: (report) => desk.told(report),
        },
        captures: (trackId) => captures.answer(trackId),
        local: localUser,
        whereabouts: (told) => pipeline.learn(told),
        preview: (watch) => preview.watch(watch),
      },
    });
  const uplink = new ServerLink({ serverUrl: config.serverUrl, open: openLink });
  link.uplink = uplink;
  const mailbox = new FrameMailbox();
  const watchdog = new WatchdogKeeper({ supervisor: supervisorOf(config, log), clock });
  const pipeline: Pipeline = new Pipeline({
    ...{ mailbox, vision, target: knowledge, actuator, captures, pictures, uplink, clock, log },
    previews: [preview, pagePreview],
    events: book,
    memory: store.memory,
    onFault: (fault) => faults.ofVision(fault),
    onLooked: () => watchdog.looked(),
  });
  const journal: DoorJournal = new DoorJournal({
    ...{ clock, uplink, log },
    events: book,
    onAccess: (eventId, isTaken) => pipeline.settle(eventId, isTaken),
  });
  const clockWatch = new ClockWatch({
    ...{ clock, log, onStep: (byMs) => journal.note({ kind: 'clock-stepped', byMs }) },
  });
  const health: HealthKeeper = new HealthKeeper({
    dataDirectory: config.dataDirectory,
    onMeasured: () => uplink.doorStateChanged(),
    work: () => ({ ...workOf(pipeline, mailbox, store), decoder }),
  });
  const desk: CommandDesk = composeCommands({
    ...{ config, log, recent, store, target, vision, mailbox, pipeline },
    ...{ faults, actuator, journal, identifier, uplink, restart: () => restart.abort() },
  });
  knowledge.onChange(() => {
    actuator.settingsChanged();
    camera.changed();
  });
  const page = pageOf(config, log, {
    ...{ clock, viewers, faults, actuator, mailbox, pipeline, knowledge, identity, uplink },
    ...{
      journal,
      target,
      localCamera: local,
      onCameraSet: () => camera.changed(),
      ...{ fixedServerUrl: config.fixedServerUrl, serverCa: config.serverCa },
    },
    ...{
      people,
      captures,
      recentEvents,
      decoder: () => decoder,
      agentVersion: config.agentVersion,
      model: vision,
      events: store.events,
    },
  });
  const unwatch = local.watch(() => camera.changed());
  return new Agent({
    ...{
      source: overrides.source ?? camera,
      mailbox,
      pipeline,
      uplink,
      actuator,
      vision,
      disk,
      health,
      clockWatch,
    },
    ...{ log, page, watchdog },
    store: { close: () => (unwatch(), store.close()) },
    onCameraFault: (fault, kind) => faults.ofCamera(fault, kind),
    untilInformed: async (signal) => {
      if (uplink.serverUrl !== null) await target.untilFirstPage(FIRST_PAGE_LIMIT_MS, signal);
    },
    restartAsked: restart.signal,
  });
}

function pageOf({ page }: AgentConfig, log: Logger, parts: DoorPageOptions): PageServer | null {
  if (page === null) return null;
  const { address, port, passwordHash } = page;
  const signIn = new SignIn({ passwordHash, clock: parts.clock });
  return new PageServer({ address, port, signIn, log, user: new DoorPage(parts) });
}

/** Whom the door would take somebody for. */
function alikeIn(known: DoorKnowledge, embedding: Float32Array, similarityMin: number) {
  const [best] = known.search(embedding) ?? [];
  if (!best || best.similarity < similarityMin) return null;
  return { personId: best.personId, name: known.nameOf(best.personId) };
}

function workOf(
  pipeline: Pipeline,
  mailbox: FrameMailbox,
  { events }: DoorStore,
): Omit<WorkHealth, 'decoder'> {
  const { framesPerSecond, lookMs } = pipeline;
  return { framesPerSecond, lookMs, framesDropped: mailbox.dropped, eventsWaiting: events.waitingCount };
}

function supervisorOf({ supervisor, searchPath }: AgentConfig, log: Logger): Supervisor {
  return supervisor === null ? NO_SUPERVISOR : new SystemdSupervisor({ config: supervisor, searchPath, log });
}

function doorOf({ lock, condition }: DoorActuator) {
  return { lock, condition };
}

function openVision(config: AgentConfig, log: Logger): Promise<Vision> {
  const { modelsDirectory, modelId: embedderId, livenessModelId: livenessId, threads } = config;
  return openFaceCoreVision({ pipeline: { modelsDirectory, embedderId, livenessId, threads }, log });
}
