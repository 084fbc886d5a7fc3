/** Sizes of a TFLite convolution kernel, `[out, height, width, in]`. */
export type KernelShape = readonly [out: number, height: number, width: number, input: number];

/**
 * Reorders a convolution kernel from TFLite's OHWI to ONNX's OIHW.
 *
 * @param swapped the network was trained on transposed pictures: its rows are our columns, so the kernel is
 *   transposed too and upright pictures go in
 */
export function kernelToOihw(values: Float32Array, shape: KernelShape, swapped: boolean): Float32Array {
  const [outs, height, width, inputs] = shape;
  const result = new Float32Array(values.length);
  let at = 0;
  for (let o = 0; o < outs; o += 1) {
    for (let h = 0; h < height; h += 1) {
      for (let w = 0; w < width; w += 1) {
        for (let i = 0; i < inputs; i += 1) {
          const place = swapped ? w * height + h : h * width + w;
          result[(o * inputs + i) * height * width + place] = values[at] as number;
          at += 1;
        }
      }
    }
  }
  return result;
}

/**
 * Reorders the rows of a fully connected layer from TFLite's flattening of HWC to ONNX's of CHW.
 *
 * @param values `[outs, height * width * channels]`
 * @param swapped as in {@link kernelToOihw}: the layer's input is flattened as (x, y, c)
 */
export function denseToChw(
  values: Float32Array,
  shape: { height: number; width: number; channels: number },
  swapped: boolean,
): Float32Array {
  const { height, width, channels } = shape;
  const row = height * width * channels;
  const result = new Float32Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const inRow = at % row;
    const channel = inRow % channels;
    const w = Math.floor(inRow / channels) % width;
    const h = Math.floor(inRow / channels / width);
    const place = swapped ? w * height + h : h * width + w;
    result[at - inRow + channel * height * width + place] = values[at] as number;
  }
  return result;
}
