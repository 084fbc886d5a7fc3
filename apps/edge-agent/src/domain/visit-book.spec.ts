import { VisitBook, type Visitor } from './visit-book';

const face = (...values: number[]): Float32Array => {
  const norm = Math.hypot(...values);
  return Float32Array.from(values, (value) => value / norm);
};
const KIM = face(1, 0, 0);
const KIM_AGAIN = face(1, 0.5, 0);
const LEE = face(0, 0, 1);
const nobody: ReadonlySet<string> = new Set();

const visitor = (trackId: string, atMs: number, more: Partial<Visitor> = {}): Visitor => ({
  trackId,
  atMs,
  personId: null,
  probe: KIM,
  ...more,
});

function book() {
  const visits = new VisitBook({ sameFaceMin: 0.45, visitsMax: 3 });
  const arrive = (who: Visitor, inView: ReadonlySet<string> = nobody, pauseMs = 10_000): boolean => {
    const isNew = visits.beginsVisit(who, { pauseMs, inView });
    visits.note(who, { pauseMs, inView });
    return isNew;
  };
  return { visits, arrive };
}

describe('VisitBook', () => {
  it('counts a person once who comes back before the pause, and again after it', () => {
    const { arrive } = book();
    expect(arrive(visitor('a', 0, { personId: 'kim' }))).toBe(true);
    expect(arrive(visitor('b', 9_999, { personId: 'kim' }))).toBe(false);
    expect(arrive(visitor('c', 19_998, { personId: 'kim' }))).toBe(false);
    expect(arrive(visitor('d', 29_998, { personId: 'kim' }))).toBe(true);
  });

  it('measures the pause from when the person was last seen', () => {
    const { visits, arrive } = book();
    arrive(visitor('a', 0, { personId: 'kim' }));
    visits.seen(new Set(['a']), 60_000);
    expect(arrive(visitor('b', 69_000, { personId: 'kim' }))).toBe(false);
  });

  it('knows an unknown face by its looks', () => {
    const { arrive } = book();
    expect(arrive(visitor('a', 0))).toBe(true);
    expect(arrive(visitor('b', 1000, { probe: KIM_AGAIN }))).toBe(false);
    expect(arrive(visitor('c', 1000, { probe: LEE }))).toBe(true);
    expect(arrive(visitor('d', 12_000, { probe: KIM_AGAIN }))).toBe(true);
  });

  it('never takes two faces in one picture for one visitor', () => {
    const { arrive } = book();
    arrive(visitor('a', 0));
    expect(arrive(visitor('b', 100, { probe: KIM_AGAIN }), new Set(['a', 'b']))).toBe(true);
  });

  it('does not account for a bad glance at somebody who was granted just now', () => {
    const { arrive } = book();
    arrive(visitor('a', 0, { personId: 'kim' }));
    expect(arrive(visitor('b', 1000, { probe: KIM_AGAIN }))).toBe(false);
  });

  it('never swallows a grant because of an earlier denial', () => {
    const { arrive } = book();
    arrive(visitor('a', 0));
    expect(arrive(visitor('a', 500, { personId: 'kim' }))).toBe(true);
    expect(arrive(visitor('b', 1000, { personId: 'kim' }))).toBe(false);
  });

  it('counts a track denied twice once, however short the pause', () => {
    const { arrive } = book();
    expect(arrive(visitor('a', 0), nobody, 0)).toBe(true);
    expect(arrive(visitor('a', 50_000), nobody, 0)).toBe(false);
    expect(arrive(visitor('b', 50_000), nobody, 0)).toBe(true);
  });

  it('counts again after a cut, but no more than once a pause', () => {
    const { visits, arrive } = book();
    const shown = [0, 2_500, 5_000, 7_500, 10_000, 12_500].map((atMs, round) => {
      visits.endScene();
      const isNew = arrive(visitor(`round-${round}`, atMs, { personId: 'kim' }));
      visits.seen(new Set([`round-${round}`]), atMs + 2_400);
      return isNew;
    });
    expect(shown).toEqual([true, false, false, false, true, false]);
  });

  it('forgets the oldest visits beyond its bound', () => {
    const { arrive } = book();
    for (const name of ['kim', 'lee', 'park', 'choi']) arrive(visitor(name, 0, { personId: name }));
    expect(arrive(visitor('again-choi', 1, { personId: 'choi' }))).toBe(false);
    expect(arrive(visitor('again-kim', 1, { personId: 'kim' }))).toBe(true);
  });
});
