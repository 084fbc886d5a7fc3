import { bareRunsOf } from './traced-runs';

describe('a traced run', () => {
  it.each([
    [
      'class and regression maps',
      [
        [1, 2, 50, 92],
        [1, 4, 50, 92],
      ],
      'mtcnn-pnet',
      [1, 3, 110, 194],
    ],
    ['one map of both', [[1, 5, 1, 8]], 'mtcnn-pnet', [1, 3, 12, 26]],
    [
      'classes and boxes',
      [
        [40, 2],
        [40, 4],
      ],
      'mtcnn-rnet',
      [40, 3, 24, 24],
    ],
    ['one table of both', [[7, 5]], 'mtcnn-rnet', [7, 3, 24, 24]],
    [
      'classes, boxes and points',
      [
        [3, 10],
        [3, 2],
        [3, 4],
      ],
      'mtcnn-onet',
      [3, 3, 48, 48],
    ],
    ['one table of all three', [[3, 15]], 'mtcnn-onet', [3, 3, 48, 48]],
  ])('that gave %s is recognised', (_, outputs, model, shape) => {
    expect(bareRunsOf(outputs)).toEqual([{ model, shape }]);
  });

  it('over several levels counts each', () => {
    expect(
      bareRunsOf([
        [1, 5, 10, 10],
        [1, 5, 5, 5],
      ]).map(({ shape }) => shape[2]),
    ).toEqual([30, 20]);
  });

  it('of something else is refused', () => expect(() => bareRunsOf([[1, 192]])).toThrow('1,192'));
});
