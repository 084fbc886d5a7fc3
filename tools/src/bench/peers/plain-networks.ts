import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defaultModelsDirectory } from '@munjigi/face-core';
import { tfliteToOnnx } from '@munjigi/face-core/dist/models/convert/tflite-to-onnx';
import { fetchFromPackage } from '@munjigi/face-core/dist/models/fetch-package';
import { packageOf, readLock, type LockedNetwork } from '@munjigi/face-core/dist/models/lock';
import { REPOSITORY } from '../../system/paths';

/** Names that a detector's outputs have by their role, by the names in its file. */
const OUTPUTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'mtcnn-pnet': { 'pnet/prob1': 'probability', 'pnet/conv4-2/BiasAdd': 'regression' },
  'mtcnn-rnet': { 'rnet/prob1': 'probability', 'rnet/conv5-2/conv5-2': 'regression' },
  'mtcnn-onet': {
    'onet/prob1': 'probability',
    'onet/conv6-2/conv6-2': 'regression',
    'onet/conv6-3/conv6-3': 'landmarks',
  },
};

/** A network as it was trained, for other runtimes. */
export interface PlainNetwork {
  readonly path: string;
  readonly input: string;
  /** Names of its outputs by their role. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly pixels: LockedNetwork['pixels'];
  readonly scoreMin?: number;
}

/**
 * Makes the networks as they were trained: parametric ReLUs as one operator, each output by itself.
 *
 * What face-core installs is spelled for onnxruntime; other runtimes have a kernel for PRelu and are up to twice as fast
 * with it, so a peer must be measured on this. Made once, from the same packages, beside the installed models.
 *
 * @throws when a package cannot be fetched
 */
export async function plainNetworks(ids: readonly string[]): Promise<PlainNetwork[]> {
  const folder = join(dirname(defaultModelsDirectory()), 'bench-models');
  mkdirSync(folder, { recursive: true });
  const lock = readLock();
  const result: PlainNetwork[] = [];
  for (const id of ids) {
    const entry = lock.entries.find((candidate) => candidate.id === id);
    if (!entry || entry.kind === 'media' || entry.conversion.name !== 'tflite-to-onnx') {
      throw new Error(`models.lock.json has no TFLite network ${id}.`);
    }
    const path = join(folder, `${id}-${entry.sourceSha256.slice(0, 12)}.onnx`);
    const outputs = OUTPUTS[id] ?? entry.conversion.outputs;
    if (!existsSync(path)) {
      const files = await fetchFromPackage(packageOf(lock, entry), {
        paths: [entry.path],
        projectDirectory: REPOSITORY,
        onBytes: () => undefined,
      });
      const conversion = { ...entry.conversion, outputs, plain: true, judgement: undefined };
      writeFileSync(path, tfliteToOnnx(files.get(entry.path) as Uint8Array, conversion));
    }
    const { input, pixels } = entry;
    const scoreMin = entry.kind === 'detector' ? entry.scoreMin : undefined;
    result.push({ path, input, outputs: byRole(outputs), pixels, scoreMin });
  }
  return result;
}

/** Roles are the names that our files give outputs. */
function byRole(outputs: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.values(outputs).map((name) => [name, name]));
}
