import { doorSettingsSchema, trackIdSchema, type DoorSettings, type TrackId } from '@munjigi/contracts';
import fc from 'fast-check';
import { v4 as uuidV4 } from 'uuid';
import type { Candidate } from '@munjigi/face-core';
import { embeddingOf } from '../testing/drafts';
import { Decider } from './decide';

const newTrackId = (): TrackId => trackIdSchema.parse(uuidV4());
const landmarks = [
  { x: 30, y: 40 },
  { x: 70, y: 40 },
  { x: 50, y: 60 },
  { x: 35, y: 80 },
  { x: 65, y: 80 },
];
const faceOf = (trackId: TrackId, quality = 0.9) => ({
  trackId,
  quality,
  face: { box: { x: 0, y: 0, width: 100, height: 100 }, score: 0.99, landmarks },
});

function door(settings: Partial<DoorSettings> = {}, similarityMin = 0.6) {
  const people = {
    settings: doorSettingsSchema.parse({ framesToDecide: 2, ...settings }),
    candidates: [] as Candidate[] | null,
    knows: (_personId: string) => true,
    authorise: (_personId: string) => ({
      outcome: 'granted' as const,
      reason: 'matched' as const,
      unlockMs: 5000,
    }),
    search: () => people.candidates,
  };
  const threshold = { similarityMin };
  const decider = new Decider({ people, threshold, modelSimilarityMin: 0.6 });
  let atMs = 0;
  /** Shows a face, and feeds whatever embeddings are asked for. */
  const show = (trackId: TrackId, embedding = embeddingOf(1), frames = 1) => {
    const begun = [];
    for (let count = 0; count < frames; count += 1) {
      atMs += 100;
      for (const wanted of decider.observe([faceOf(trackId)], atMs, 4)) {
        const visit = decider.take(wanted.trackId, embedding, atMs);
        if (visit) {
          decider.confirm(visit, atMs);
          begun.push(visit);
        }
      }
    }
    return begun;
  };
  return { people, threshold, decider, show, wait: (ms: number) => (atMs += ms), now: () => atMs };
}

describe('Decider', () => {
  it('begins one visit for a track, however long it stays', () => {
    const { people, show } = door();
    people.candidates = [{ personId: 'kim', similarity: 0.8 }];
    const begun = show(newTrackId(), embeddingOf(1), 500);
    expect(begun).toHaveLength(1);
    expect(begun[0]).toMatchObject({ similarityMin: 0.6, verdict: { outcome: 'granted', personId: 'kim' } });
  });

  it('decides after as many frames as the door is set to', () => {
    const { people, show } = door({ framesToDecide: 5 });
    people.candidates = [{ personId: 'kim', similarity: 0.8 }];
    const trackId = newTrackId();
    expect(show(trackId, embeddingOf(1), 4)).toHaveLength(0);
    expect(show(trackId, embeddingOf(1), 1)).toHaveLength(1);
  });

  it('denies a stranger once, also on a second track before the pause', () => {
    const { people, show, wait } = door();
    people.candidates = [{ personId: 'kim', similarity: 0.2 }];
    expect(show(newTrackId(), embeddingOf(7), 50)).toHaveLength(1);
    expect(show(newTrackId(), embeddingOf(7), 50)).toHaveLength(0);
    expect(show(newTrackId(), embeddingOf(8), 50)).toHaveLength(1);
    wait(20_000);
    expect(show(newTrackId(), embeddingOf(7), 50)).toHaveLength(1);
  });

  it('grants somebody who is registered while standing there', () => {
    const { people, decider, show, now } = door();
    const trackId = newTrackId();
    expect(show(trackId, embeddingOf(7), 50)).toMatchObject([{ verdict: { outcome: 'denied' } }]);
    people.candidates = [{ personId: 'lee', similarity: 0.8 }];
    decider.reopen(now());
    expect(show(trackId, embeddingOf(7), 50)).toMatchObject([
      { verdict: { outcome: 'granted', personId: 'lee' } },
    ]);
  });

  it('says that the gallery is not available when it is not', () => {
    const { people, show } = door();
    people.candidates = null;
    expect(show(newTrackId(), embeddingOf(7), 50)).toMatchObject([
      { verdict: { outcome: 'denied', reason: 'gallery-unavailable' } },
    ]);
  });

  it('decides anew what could not be recorded', () => {
    const { people, decider, show, wait, now } = door({ framesToDecide: 1 });
    people.candidates = [{ personId: 'kim', similarity: 0.8 }];
    const trackId = newTrackId();
    const [wanted] = decider.observe([faceOf(trackId)], now(), 4);
    const visit = decider.take(wanted!.trackId, embeddingOf(1), now())!;
    decider.revoke(visit, now());
    expect(decider.verdict(trackId)).toBeNull();
    wait(1000);
    expect(show(trackId)).toHaveLength(1);
  });

  it('decides by the threshold that is in force at the moment', () => {
    const { people, threshold, show } = door({}, 0.9);
    people.candidates = [{ personId: 'kim', similarity: 0.89 }];
    expect(show(newTrackId(), embeddingOf(1), 50)).toMatchObject([
      { similarityMin: 0.9, verdict: { outcome: 'denied' } },
    ]);
    threshold.similarityMin = 0.88;
    expect(show(newTrackId(), embeddingOf(7), 50)).toMatchObject([
      { similarityMin: 0.88, verdict: { outcome: 'granted' } },
    ]);
  });

  it('never grants under the threshold, whatever is seen, searched, reopened and cut', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('show' as const), face: fc.nat(3), track: fc.nat(4) }),
      fc.record({ kind: fc.constant('search' as const), similarity: fc.double({ min: -1, max: 1 }) }),
      fc.record({ kind: fc.constant('reopen' as const) }),
      fc.record({ kind: fc.constant('cut' as const) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(20_000) }),
    );
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(step, { maxLength: 60 }),
        (min, steps) => {
          const { people, decider, show, wait, now } = door({}, min);
          const trackIds = Array.from({ length: 5 }, newTrackId);
          let similarity = Number.NaN;
          for (const each of steps) {
            if (each.kind === 'show') {
              for (const { verdict } of show(trackIds[each.track]!, embeddingOf(each.face), 2)) {
                if (verdict.outcome === 'granted' && !(similarity >= min)) return false;
              }
            } else if (each.kind === 'search') {
              similarity = each.similarity;
              people.candidates = [{ personId: 'kim', similarity }];
            } else if (each.kind === 'reopen') decider.reopen(now());
            else if (each.kind === 'cut') decider.endScene();
            else wait(each.ms);
          }
          return true;
        },
      ),
      { numRuns: 300 },
    );
  });

  it('turns away whom the rules turn away, once a visit, and grants when they let pass', () => {
    const { people, decider, show, now } = door();
    people.candidates = [{ personId: 'kim', similarity: 0.8 }];
    let outcome: 'granted' | 'denied' = 'denied';
    people.authorise = () =>
      ({ outcome, reason: outcome === 'granted' ? 'matched' : 'outside-schedule', unlockMs: 5000 }) as never;
    const track = newTrackId();
    const turnedAway = show(track, embeddingOf(1), 100);
    expect(turnedAway).toHaveLength(1);
    expect(turnedAway[0]).toMatchObject({
      verdict: { outcome: 'denied', reason: 'outside-schedule', personId: 'kim' },
      unlockMs: 0,
    });
    outcome = 'granted';
    decider.reopen(now());
    expect(show(track, embeddingOf(1), 40)).toMatchObject([
      { verdict: { outcome: 'granted' }, unlockMs: 5000 },
    ]);
  });

  it('grants by itself to somebody who waits until their time has come', () => {
    const { people, show } = door();
    people.candidates = [{ personId: 'kim', similarity: 0.8 }];
    let outcome: 'granted' | 'denied' = 'denied';
    people.authorise = () =>
      ({ outcome, reason: outcome === 'granted' ? 'matched' : 'outside-schedule', unlockMs: 5000 }) as never;
    const track = newTrackId();
    show(track, embeddingOf(1), 30);
    outcome = 'granted';
    expect(show(track, embeddingOf(1), 30)).toMatchObject([{ verdict: { outcome: 'granted' } }]);
  });

  describe('that asks for a live face', () => {
    /** Frames of one face, as live as the network says. */
    const looks = (
      at: ReturnType<typeof door>,
      trackId: TrackId,
      score: number | undefined,
      frames: number,
    ) => {
      const begun = [];
      for (let count = 0; count < frames; count += 1) {
        at.wait(100);
        const faces = [faceOf(trackId)];
        const wanted = at.decider.observe(faces, at.now(), 4);
        for (const face of at.decider.livenessWanted(faces, wanted))
          at.decider.takeLiveness(face.trackId, score, at.now());
        const visits = wanted.map((face) => at.decider.take(face.trackId, embeddingOf(1), at.now()));
        for (const visit of [...visits, ...at.decider.takeWaiting(at.now())]) {
          if (visit) at.decider.confirm(visit, at.now());
          if (visit) begun.push(visit);
        }
      }
      return begun;
    };
    const asking = () => {
      const at = door({ livenessMin: 0.8 });
      at.people.candidates = [{ personId: 'kim', similarity: 0.8 }];
      return at;
    };

    it('grants once the face is known to be live, and not before', () => {
      const at = asking();
      const trackId = newTrackId();
      expect(looks(at, trackId, 0.95, 2)).toEqual([]);
      expect(at.decider.isWaiting(trackId)).toBe(true);
      expect(looks(at, trackId, 0.95, 30)).toMatchObject([
        { verdict: { outcome: 'granted', personId: 'kim', liveness: 0.95 }, quality: 0.9, unlockMs: 5000 },
      ]);
      expect(at.decider.isWaiting(trackId)).toBe(false);
    });

    it('turns a picture away, names whose it is, and lets the person in who comes after it', () => {
      const at = asking();
      const trackId = newTrackId();
      expect(looks(at, trackId, 0.2, 100)).toMatchObject([
        { verdict: { outcome: 'denied', reason: 'not-live', personId: 'kim', liveness: 0.2 }, unlockMs: 0 },
      ]);
      expect(at.decider.turnedAway(trackId)).toBe('kim');
      expect(looks(at, trackId, 0.95, 100)).toMatchObject([{ verdict: { outcome: 'granted' } }]);
      expect(at.decider.turnedAway(trackId)).toBeNull();
    });

    it('denies where the network cannot tell, and where there is none', () => {
      const at = asking();
      expect(looks(at, newTrackId(), undefined, 60)).toMatchObject([
        { verdict: { outcome: 'denied', reason: 'liveness-unknown', liveness: null } },
      ]);
    });

    it('accounts for a face that left before it was known to be live', () => {
      const at = asking();
      looks(at, newTrackId(), 0.95, 2);
      at.wait(10_000);
      at.decider.observe([], at.now(), 4);
      expect(at.decider.takeWaiting(at.now())).toMatchObject([{ verdict: { reason: 'liveness-unknown' } }]);
    });

    it('does not let in who was removed while they waited', () => {
      const at = asking();
      const trackId = newTrackId();
      looks(at, trackId, 0.95, 2);
      at.people.knows = () => false;
      at.people.candidates = [];
      at.decider.reopen(at.now());
      expect(looks(at, trackId, 0.95, 60).filter(({ verdict }) => verdict.outcome === 'granted')).toEqual([]);
    });

    it('never grants to a face that does not look live in most frames', () => {
      fc.assert(
        fc.property(fc.array(fc.double({ min: 0, max: 0.79, noNaN: true }), { maxLength: 80 }), (scores) => {
          const at = asking();
          const trackId = newTrackId();
          return scores.every((score) =>
            looks(at, trackId, score, 1).every(({ verdict }) => verdict.outcome === 'denied'),
          );
        }),
        { numRuns: 100 },
      );
    });
  });
});
