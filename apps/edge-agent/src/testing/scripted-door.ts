import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { systemClock } from '../adapters/clock/system-clock';
import { MemoryDoor } from '../adapters/door/memory-door';
import { MemoryFrameSource } from '../adapters/frames/memory-frame-source';
import type { Agent } from '../agent';
import { composeAgent, type ComposeOverrides } from '../compose';
import type { AgentConfig } from '../config';
import { readableLog, type LogLine } from './log-lines';
import { ScriptedVision, type ScriptedFace } from './scripted-vision';
import { until } from './until';

const PICTURE = { width: 320, height: 200, data: new Uint8Array(320 * 200 * 3).fill(90) };

/** A whole agent of which only the eyes and the wires are a test's. */
export interface ScriptedDoor {
  readonly agent: Agent;
  readonly vision: ScriptedVision;
  readonly source: MemoryFrameSource;
  readonly hardware: MemoryDoor;
  readonly lines: LogLine[];
  /** Shows these faces for so many frames, each looked at. */
  look(faces: readonly ScriptedFace[], frames: number): Promise<void>;
  /** The outbox as it is on the disk. */
  outbox(): { outcome: string; personId: string | null; sequence: number }[];
  /** Outcomes that the agent decided on, in order. */
  decided(): unknown[];
  /** A second connection to the agent's database. */
  database(): InstanceType<typeof DatabaseSync>;
}

/** A configuration of an agent of that server; the video is not there. */
export function testConfig(
  more: Partial<AgentConfig> & Pick<AgentConfig, 'dataDirectory' | 'serverUrl'>,
): AgentConfig {
  return {
    pairingCode: null,
    serverCa: null,
    readToken: () => Promise.resolve('mnj_agent_' + 'A'.repeat(43)),
    videoPath: join(more.dataDirectory, 'no-video.mp4'),
    cameraFile: null,
    diskLowBytes: 1024 ** 2,
    videoLoop: true,
    framesPerSecondMax: 10,
    modelsDirectory: undefined,
    modelId: 'mobilefacenet-192',
    livenessModelId: undefined,
    threads: 1,
    door: { kind: 'simulated' },
    supervisor: null,
    page: null,
    fixedServerUrl: null,
    ffmpegPath: null,
    searchPath: process.env.PATH ?? '',
    clockFile: null,
    logLevel: 'debug',
    agentVersion: '0.1.0',
    ...more,
  };
}

/** The waits of the link in tests. */
export const QUICK_LINK: ComposeOverrides['uplinkTimes'] = {
  retry: { baseMs: 20, capMs: 50 },
  answerTimeoutMs: 500,
};

/** Builds and starts such an agent. */
export async function startScriptedDoor(options: {
  directory: string;
  serverUrl: string | null;
  config?: Partial<AgentConfig>;
}): Promise<ScriptedDoor> {
  const { log, lines } = readableLog();
  const vision = new ScriptedVision();
  const source = new MemoryFrameSource({ clock: systemClock });
  const hardware = new MemoryDoor();
  const config = testConfig({
    ...{ dataDirectory: options.directory, serverUrl: options.serverUrl },
    ...options.config,
  });
  const agent = await composeAgent(config, log, { vision, source, hardware, uplinkTimes: QUICK_LINK });
  agent.start();
  const databases: InstanceType<typeof DatabaseSync>[] = [];
  const database = () => {
    databases[0] ??= new DatabaseSync(join(options.directory, 'agent.db'));
    return databases[0];
  };
  return {
    ...{ agent, vision, source, hardware, lines, database },
    async look(faces, frames) {
      vision.faces = faces;
      for (let count = 0; count < frames; count += 1) {
        const { looks } = vision;
        source.show(PICTURE);
        await until(() => vision.looks > looks);
        // The rest of the look happens in the turns of the event loop that follow.
        for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
      }
    },
    decided: () => lines.filter(({ msg }) => msg === 'access decided').map(({ outcome }) => outcome),
    outbox: () =>
      (database().prepare('SELECT event FROM outbox ORDER BY sequence').all() as { event: string }[]).map(
        ({ event }) => JSON.parse(event) as { outcome: string; personId: string | null; sequence: number },
      ),
  };
}

/** A person with one template of the face with that seed, as changes of the feed. */
export function enrolment(personId: string, templateId: string, embedding: Float32Array, name = '김민지') {
  const bytes = new Uint8Array(embedding.slice().buffer);
  return [
    { kind: 'person.put' as const, person: { id: personId, name } },
    {
      kind: 'template.put' as const,
      template: { id: templateId, personId, modelId: 'mobilefacenet-192', embedding: bytes },
    },
  ] as const;
}
