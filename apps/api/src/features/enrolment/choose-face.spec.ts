import type { AnalyzedFace, Box } from '@munjigi/face-core';
import { chooseFace } from './choose-face';

const frame = { data: new Uint8Array(), width: 600, height: 400 };

function face(box: Box): AnalyzedFace {
  const point = { x: 0, y: 0 };
  return { box, score: 0.99, landmarks: [point, point, point, point, point], embedding: new Float32Array(4) };
}

const large = face({ x: 250, y: 150, width: 100, height: 110 });

describe('chooseFace', () => {
  it('takes the only face', () => {
    expect(chooseFace({ frame, faces: [large] }, 'photo')).toBe(large);
  });

  it('refuses a picture without a face', () => {
    expect(() => chooseFace({ frame, faces: [] }, 'photo')).toThrow(
      expect.objectContaining({ code: 'enrolment/no-face', kind: 'unprocessable' }),
    );
  });

  it('refuses a picture of two', () => {
    const other = face({ x: 0, y: 0, width: 60, height: 60 });
    expect(() => chooseFace({ frame, faces: [large, other] }, 'photo')).toThrow(
      expect.objectContaining({ code: 'enrolment/several-faces' }),
    );
  });

  it('does not mind somebody far in the background', () => {
    const background = face({ x: 0, y: 0, width: 30, height: 30 });
    expect(chooseFace({ frame, faces: [large, background] }, 'photo')).toBe(large);
  });

  it('refuses a face that is too small, with both sizes', () => {
    const small = face({ x: 250, y: 150, width: 40, height: 59 });
    expect(() => chooseFace({ frame, faces: [small] }, 'photo')).toThrow(
      expect.objectContaining({
        code: 'enrolment/face-too-small',
        detail: expect.stringMatching(/\b40 .*\b60 /),
      }),
    );
  });

  it('takes the face in the middle of a door’s picture, whoever stands beside', () => {
    const beside = face({ x: 0, y: 0, width: 120, height: 120 });
    expect(chooseFace({ frame, faces: [beside, large] }, 'door')).toBe(large);
    expect(() => chooseFace({ frame, faces: [beside, large] }, 'photo')).toThrow('more than one face');
  });

  it('refuses a door’s picture on which the middle is not clear', () => {
    const above = face({ x: 240, y: 140, width: 90, height: 90 });
    expect(() => chooseFace({ frame, faces: [large, above] }, 'door')).toThrow('more than one face');
  });
});
