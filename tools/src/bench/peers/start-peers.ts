import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Contender } from '../contenders/contender';
import type { Absence } from '../report';
import { CONTENDER } from '../targets';
import { installJsPeers } from './js-packages';
import { plainNetworks } from './plain-networks';

/** Others' software that could be started, and what could not, with what to do. */
export interface Peers {
  readonly started: readonly Contender[];
  readonly absent: readonly Absence[];
}

/** Debian's own; a Python of another kind earlier in PATH does not have Debian's packages. */
const PYTHON = '/usr/bin/python3';

/** Starts each peer in a process of its own. A peer that cannot be had is absent, which is no error. */
export async function startPeers(folder: string): Promise<Peers> {
  const started: Contender[] = [];
  const absent: Absence[] = [
    {
      name: 'facenet-pytorch',
      reason: 'neither Debian nor npm has it (Debian has python3-torch alone); see docs/benchmarks.md',
    },
  ];
  const attempt = async (name: string, start: () => Promise<Contender>) => {
    try {
      started.push(await start());
    } catch (error) {
      absent.push({ name, reason: (error as Error).message });
    }
  };
  await attempt(CONTENDER.opencv, () => startOpenCv(folder));
  for (const [name, script] of [
    [CONTENDER.human, 'human.ts'],
    [CONTENDER.faceApi, 'face-api.ts'],
  ] as const) {
    await attempt(name, async () => startScript(name, join(__dirname, script), [await installJsPeers()]));
  }
  return { started, absent };
}

/** Starts a contender written in TypeScript. */
export function startScript(
  name: string,
  script: string,
  args: readonly string[] = [],
  nodeArgs: readonly string[] = [],
): Promise<Contender> {
  return Contender.start({
    name,
    command: process.execPath,
    args: ['--import', 'tsx', ...nodeArgs, script, ...args],
  });
}

async function startOpenCv(folder: string): Promise<Contender> {
  try {
    await promisify(execFile)(PYTHON, ['-c', 'import cv2, numpy']);
  } catch (cause) {
    throw new Error('not installed; apt-get install python3-opencv python3-numpy', { cause });
  }
  const roles = ['pnet', 'rnet', 'onet', 'embedder'];
  const networks = await plainNetworks(['mtcnn-pnet', 'mtcnn-rnet', 'mtcnn-onet', 'mobilefacenet-192']);
  const config = Object.fromEntries(roles.map((role, index) => [role, networks[index]]));
  const file = join(folder, 'opencv.json');
  writeFileSync(file, JSON.stringify(config));
  return Contender.start({
    name: CONTENDER.opencv,
    command: PYTHON,
    args: [join(__dirname, 'mtcnn_opencv.py'), file],
  });
}
