import { readTflite } from './tflite-reader';

describe('readTflite', () => {
  it.each([
    ['no bytes', new Uint8Array(0)],
    ['text', Buffer.from('this is no model, whatever its name says')],
  ])('refuses %s', (_, bytes) => {
    expect(() => readTflite(bytes)).toThrow(expect.objectContaining({ code: 'models/unsupported' }));
  });
});
