import { FacePipeline } from '../face-pipeline';
import { tinyNetwork } from '../testing/tiny-network';
import { tensorRtEnvironment, type BackendOptions } from './inference-backend';
import { OnnxRuntimeBackend } from './onnxruntime-backend';

/** The GPU's libraries are no part of the npm package: only a machine that was set up for them has them. */
const GPUS = ['cuda', 'tensorrt'] as const;

describe('OnnxRuntimeBackend', () => {
  it.each(GPUS)('says so when %s was asked for and is not there, even where the CPU could', async (gpu) => {
    const loaded = new OnnxRuntimeBackend({ providers: [gpu, 'cpu'] }).load(tinyNetwork());

    await expect(loaded).rejects.toMatchObject({
      code: 'backend/unavailable',
      message: expect.stringContaining(gpu),
    });
  });

  it.each<[string, BackendOptions]>([
    ['no provider', { providers: [] }],
    ['one that nobody knows', { providers: ['npu' as never] }],
    ['no thread', { threads: 0 }],
    ['half a GPU', { deviceId: 0.5 }],
  ])('refuses %s', (_, options) => {
    expect(() => new OnnxRuntimeBackend(options)).toThrow(
      expect.objectContaining({ code: 'backend/invalid-options' }),
    );
  });

  it('fails with the library’s reason on what is no network', async () => {
    await expect(new OnnxRuntimeBackend().load(Uint8Array.of(1, 2, 3))).rejects.not.toMatchObject({
      code: 'backend/unavailable',
    });
  });
});

it('FacePipeline opens on no CPU quietly when a GPU was asked for', async () => {
  await expect(FacePipeline.open({ backend: { providers: ['cuda'] } })).rejects.toMatchObject({
    code: 'backend/unavailable',
  });
});

it('tensorRtEnvironment names precision and the folder of engines, for TensorRT alone', () => {
  const options = { fp16: true, engineCacheDirectory: '/var/lib/engines' };

  expect(tensorRtEnvironment({ ...options, providers: ['tensorrt', 'cuda'] })).toEqual({
    ORT_TENSORRT_FP16_ENABLE: '1',
    ORT_TENSORRT_ENGINE_CACHE_ENABLE: '1',
    ORT_TENSORRT_CACHE_PATH: '/var/lib/engines',
  });
  expect(tensorRtEnvironment(options)).toEqual({});
});
