import type { Logger } from 'pino';
import { installModelsApart } from './adapters/models/install-models';
import type { DoorStore } from './adapters/store/open-store';
import type { AgentConfig } from './config';
import type { DoorFaults } from './domain/door-faults';
import type { Pipeline } from './pipeline';
import type { Vision } from './ports/vision';
import type { RecentLog } from './recent-log';
import type { DoorActuator } from './stages/actuate';
import type { FrameMailbox } from './stages/capture';
import { collectDiagnostics, type AgentDiagnostics } from './stages/collect-diagnostics';
import { commandPlans } from './stages/command-plans';
import type { Identifier } from './stages/identify';
import type { DoorJournal } from './stages/keep-journal';
import { CommandDesk } from './stages/obey-commands';
import type { Uplink } from './ports/uplink-user';
import type { TargetState } from './sync/target-state';

/** The parts of an agent that commands move or tell of. */
export interface CommandedParts {
  readonly config: AgentConfig;
  readonly log: Logger;
  readonly recent: RecentLog;
  readonly store: DoorStore;
  readonly target: TargetState;
  readonly vision: Vision;
  readonly mailbox: FrameMailbox;
  readonly pipeline: Pipeline;
  readonly faults: DoorFaults;
  readonly actuator: DoorActuator;
  readonly journal: DoorJournal;
  readonly identifier: Identifier;
  readonly uplink: Uplink;
  /** Ends the agent in order, to be begun anew. */
  readonly restart: () => void;
}

/** Builds what does the server's commands; what an earlier process began has ended with it. */
export function composeCommands(parts: CommandedParts): CommandDesk {
  const { actuator, journal, identifier, uplink, store, target, pipeline, config, log, restart } = parts;
  const desk = new CommandDesk({
    ...{ log, commands: store.commands },
    plans: commandPlans({
      ...{ actuator, journal, restart },
      unlockMs: () => target.settings.unlockMs,
      refreshMode: () => pipeline.keepMode(),
      identify: (forMs) => identifier.identify(forMs),
      updateModels: () => installModelsApart(),
      diagnostics: () => collectDiagnostics(told(parts), config.dataDirectory),
    }),
    serverMs: () => uplink.serverMs,
    onReport: () => uplink.reportsWaiting(),
  });
  desk.resume();
  return desk;
}

function told(parts: CommandedParts): AgentDiagnostics {
  const { config, vision, target, store, uplink, faults, pipeline, mailbox, actuator, recent } = parts;
  return {
    agentVersion: config.agentVersion,
    modelId: vision.modelId,
    templates: target.templateCount,
    appliedRevision: target.appliedRevision,
    lastSequence: store.events.position.lastSequence,
    clockOffsetMs: uplink.clockOffsetMs,
    cameraFault: faults.told.cameraFault,
    framesPerSecond: pipeline.framesPerSecond,
    framesDropped: mailbox.dropped,
    lock: actuator.lock,
    condition: actuator.condition,
    log: [...recent.lines],
  };
}
