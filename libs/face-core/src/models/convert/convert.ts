import type { LockedNetwork } from '../lock';
import { openBatch } from './open-batch';
import { tfliteToOnnx } from './tflite-to-onnx';

/** Turns a network as its package ships it into the ONNX file that runs. Deterministic. */
export function convert(source: Uint8Array, conversion: LockedNetwork['conversion']): Uint8Array {
  switch (conversion.name) {
    case 'tflite-to-onnx':
      return tfliteToOnnx(source, conversion);
    case 'onnx-open-batch':
      return openBatch(source, conversion);
  }
}
