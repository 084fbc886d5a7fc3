import { DETECTION_SCHEDULE, reasonToDetect, type DetectionReason } from './detection-schedule';

/** What changes beside the followed faces. */
const CHANGES = {
  nothing: { moved: () => false, stirred: () => false },
  little: { moved: () => false, stirred: () => true },
  much: { moved: () => true, stirred: () => true },
} as const;

describe('reasonToDetect', () => {
  it.each<[string, number, number, keyof typeof CHANGES, DetectionReason | undefined]>([
    ['at the first frame', Number.POSITIVE_INFINITY, 0, 'nothing', 'first'],
    ['at the interval while nobody is followed', 400, 0, 'nothing', 'interval'],
    ['not before', 399, 0, 'nothing', undefined],
    ['at once when something moves and nobody is followed', 1, 0, 'much', 'motion'],
    ['at the longer interval while faces are followed', 1000, 1, 'nothing', 'interval'],
    ['not before while nothing stirs beside them', 999, 1, 'nothing', undefined],
    ['a while after a search when anything stirs beside them', 300, 1, 'little', 'motion'],
    ['not before that', 299, 1, 'little', undefined],
    ['sooner after a search when something moves', 200, 1, 'much', 'motion'],
    ['not at once after a search, though something moves', 199, 1, 'much', undefined],
  ])('searches %s', (_, sinceDetectionMs, followed, changes, wanted) => {
    const state = { sinceDetectionMs, followed, ...CHANGES[changes] };

    expect(reasonToDetect(state, DETECTION_SCHEDULE)).toBe(wanted);
  });

  it('does not measure changes that would change nothing', () => {
    const moved = jest.fn(() => true);
    const stirred = jest.fn(() => true);

    reasonToDetect({ sinceDetectionMs: 100, followed: 1, moved, stirred }, DETECTION_SCHEDULE);
    reasonToDetect({ sinceDetectionMs: 1000, followed: 1, moved, stirred }, DETECTION_SCHEDULE);

    expect(moved).not.toHaveBeenCalled();
    expect(stirred).not.toHaveBeenCalled();
  });
});
