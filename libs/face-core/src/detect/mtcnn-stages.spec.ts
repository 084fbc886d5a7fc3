import type { LockedDetector } from '../models/lock';
import type { InferenceBackend, Network } from '../runtime/inference-backend';
import { MtcnnStages } from './mtcnn-stages';

describe('MtcnnStages.load', () => {
  it('fails only once no network is being loaded any more', async () => {
    const stage = (first: number) => ({ bytes: Uint8Array.of(first), card: {} as LockedDetector });
    let isLoading = true;
    let finish: (network: Network) => void = () => undefined;
    const backend: InferenceBackend = {
      load: ([first]) =>
        first === 0 ? Promise.reject(new Error('no such file')) : new Promise((loaded) => (finish = loaded)),
    };

    const loading = MtcnnStages.load({ propose: stage(0), refine: stage(0), output: stage(1) }, backend);
    const failed = expect(loading.finally(() => expect(isLoading).toBe(false))).rejects.toThrow(
      'no such file',
    );
    // The failures have their turn first.
    await new Promise((turn) => setImmediate(turn));
    isLoading = false;
    finish({ run: () => Promise.reject(new Error()), release: () => Promise.resolve() });

    await failed;
  });
});
