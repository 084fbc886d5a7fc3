import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A tensor of TensorFlow.js, as far as a peer needs it. */
export interface TfTensor {
  dispose(): void;
}

/** TensorFlow.js, as far as a peer needs it. */
export interface Tf {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  getBackend(): string;
  tensor3d(values: Uint8Array, shape: [number, number, number], type: 'int32'): TfTensor;
}

/** Loads packages out of the folder that the benchmark installed them in. */
export function peerLoader(folder: string) {
  const require = createRequire(join(folder, 'package.json'));
  return {
    /** A file of a package, by its path: these packages do not export their Node builds by name. */
    load: (path: string): unknown => require(join(folder, 'node_modules', path)),
    path: (path: string): string => join(folder, 'node_modules', path),
    version: (name: string): string =>
      (
        JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as {
          version: string;
        }
      ).version,
  };
}

/** TensorFlow.js on its WebAssembly back end, SIMD and threads as it finds them. */
export async function wasmBackend(folder: string): Promise<Tf> {
  const { load, path } = peerLoader(folder);
  const tf = load('@tensorflow/tfjs') as Tf;
  const backend = load('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void };
  backend.setWasmPaths(path('@tensorflow/tfjs-backend-wasm/dist/'));
  await tf.setBackend('wasm');
  await tf.ready();
  if (tf.getBackend() !== 'wasm') throw new Error('TensorFlow.js did not take its WebAssembly back end.');
  return tf;
}

/** Lets `fetch` read files, which a package written for browsers expects of its model folder. */
export function allowFileFetch(): void {
  const original = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith('file:')) return original(input, init);
    const type = url.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    const body = new Uint8Array(readFileSync(fileURLToPath(url)));
    return Promise.resolve(new Response(body, { headers: { 'content-type': type } }));
  };
}
