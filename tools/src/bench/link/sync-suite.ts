import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { LoadFolder } from '../../load/load-folder';
import { LoadServer } from '../../load/load-server';
import { processorTime, usedBetween } from '../../load/processor-time';
import { ManagedProcess } from '../../processes/managed-process';
import { seedDatabase } from '../../seed/seed-database';
import { agentTokenOf } from '../../seed/seed-site';
import { REPOSITORY } from '../../system/paths';
import { until } from '../../system/until';
import { CountingProxy } from './counting-proxy';
import type { LinkOptions } from './link-options';

const MODEL = { id: 'faceplugin-512', dimension: 512 } as const;
/** A new door has everybody within so long. */
const SECONDS_MAX = 30;
const DAY_MS = 86_400_000;
const WAIT_MS = 300_000;

interface AgentFacts {
  readonly seconds: number;
  readonly templates: number;
  readonly revision: number;
  readonly loopHeldP99Ms: number;
  readonly loopHeldMaxMs: number;
}

/** Fills a real server, lets a new door with the real store come, and waits until both have shown that they agree. */
export async function measureFirstSync({ people }: LinkOptions, say: (line: string) => void) {
  const folder = await LoadFolder.make();
  const agentFolder = await mkdtemp(join(tmpdir(), 'munjigi-sync-'));
  const server = await LoadServer.start(folder);
  const proxy = await CountingProxy.to(server.url);
  try {
    const untilMs = Math.floor(Date.now() / DAY_MS) * DAY_MS;
    const content = { sites: 1, doors: 1, people, events: 0, months: 1, untilMs, seed: 1 };
    const { organisation } = await seedDatabase(content, server.database, say);
    await fill(folder.path, say);
    const before = await memoryMiB(server.pid, 'VmRSS');
    const timeBefore = server.processorTime();
    const { agent, facts } = await syncOnce(proxy.url, agentFolder, people);
    const used = usedBetween(timeBefore, server.processorTime());
    const agentUsed = processorTime(agent.pid ?? 0, agent.pid ?? 0).server;
    say(`everybody in ${facts.seconds.toFixed(1)} s`);
    const doorId = organisation.doors[0]!.id;
    const agrees = async () => (await server.api.doors()).find(({ id }) => id === doorId)?.device?.agrees;
    // What was seeded past the feed, the door itself, is healed first.
    await until('the door to agree', async () => (await agrees()) === true, { timeoutMs: WAIT_MS });
    const agentMiB = await memoryMiB(agent.pid ?? 0, 'VmHWM');
    await agent.stop(5_000);
    return {
      reached: facts.seconds <= SECONDS_MAX,
      people,
      ...facts,
      processorSeconds: { ...used, agent: agentUsed },
      bytesDown: proxy.down,
      bytesPerTemplate: Math.round(proxy.down / people),
      agentPeakMiB: agentMiB,
      serverBeforeMiB: before,
      serverPeakMiB: await memoryMiB(server.pid, 'VmHWM'),
    };
  } finally {
    proxy.close();
    await server.stop();
    await folder.close();
    await rm(agentFolder, { recursive: true, force: true });
  }
}

async function syncOnce(url: string, directory: string, people: number) {
  let output = '';
  const program = resolve(REPOSITORY, 'apps/edge-agent/src/testing/syncing-agent.ts');
  const args = [join(directory, 'door'), url, agentTokenOf(1, 0), MODEL.id, String(MODEL.dimension)];
  const agent = programOf('agent', program, args, directory, (text) => (output += text));
  agent.start();
  const found = () =>
    output
      .split('\n')
      .filter((line) => line.startsWith('{') && line.endsWith('}'))
      .map((line) => JSON.parse(line) as AgentFacts)
      .find(({ templates }) => templates >= people);
  await until('the door to have everybody', () => Promise.resolve(found() !== undefined), {
    timeoutMs: WAIT_MS,
  });
  return { agent, facts: found()! };
}

async function fill(dataDirectory: string, say: (line: string) => void): Promise<void> {
  const program = resolve(REPOSITORY, 'apps/api/src/testing/fill-templates.ts');
  const args = [dataDirectory, MODEL.id, String(MODEL.dimension)];
  const filler = programOf('filler', program, args, dataDirectory);
  filler.start();
  await until('the templates to be written', () => Promise.resolve(!filler.running), { timeoutMs: WAIT_MS });
  if (filler.tail.includes('Error')) throw new Error(`The templates were not written: ${filler.tail}`);
  say('templates written');
}

function programOf(
  name: string,
  program: string,
  args: readonly string[],
  directory: string,
  onOutput?: (text: string) => void,
): ManagedProcess {
  return new ManagedProcess({
    ...{ name, command: process.execPath, args: ['--import', 'tsx', program, ...args], cwd: REPOSITORY },
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    logFile: join(directory, `${name}.log`),
    onOutput,
  });
}

async function memoryMiB(pid: number, field: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
}
