import { DETECTION_SCHEDULE, reasonToDetect, type DetectionReason } from './detection-schedule';

const still = () => false;
const moving = () => true;

describe('reasonToDetect', () => {
  it.each<[string, number, number, () => boolean, DetectionReason | undefined]>([
    ['at the first frame', Number.POSITIVE_INFINITY, 0, still, 'first'],
    ['when the interval has passed', 400, 1, still, 'interval'],
    ['not before', 399, 1, still, undefined],
    ['not soon after a search, though something moves', 199, 1, moving, undefined],
    ['a while after a search, when something moves', 200, 1, moving, 'motion'],
    ['at once when something moves and nobody is followed', 1, 0, moving, 'motion'],
    ['not while nothing moves and nobody is followed', 399, 0, still, undefined],
  ])('searches %s', (_, sinceDetectionMs, followed, moved, wanted) => {
    expect(reasonToDetect({ sinceDetectionMs, followed, moved }, DETECTION_SCHEDULE)).toBe(wanted);
  });

  it('does not measure motion that would change nothing', () => {
    const moved = jest.fn(moving);

    reasonToDetect({ sinceDetectionMs: 100, followed: 1, moved }, DETECTION_SCHEDULE);
    reasonToDetect({ sinceDetectionMs: 500, followed: 1, moved }, DETECTION_SCHEDULE);

    expect(moved).not.toHaveBeenCalled();
  });
});
