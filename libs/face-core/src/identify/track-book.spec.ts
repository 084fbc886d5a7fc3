import { PATIENCE, TrackBook, type Verdict } from './track-book';

const probe = Float32Array.of(1, 0);
const failure = (similarity: number | null = 0.3): Verdict => ({
  ...{ reason: 'unknown-person', personId: null, runnerUpSimilarity: null },
  ...{ similarity, probe },
});
const match: Verdict = {
  ...{ reason: 'matched', personId: 'kim', runnerUpSimilarity: null },
  ...{ similarity: 0.8, probe },
};
const good = (trackId: string) => ({ trackId, quality: 0.9 });
const known = () => true;

describe('TrackBook', () => {
  it('asks for an undecided face of good quality, best first', () => {
    const book = new TrackBook();
    const sightings = [
      { trackId: 'fair', quality: 0.5 },
      { trackId: 'bad', quality: 0.1 },
      { trackId: 'fine', quality: 0.9 },
    ];
    expect(book.observe(sightings, 0)).toEqual(['fine', 'fair']);
  });

  it('takes what it gets from a face that has waited', () => {
    const book = new TrackBook();
    expect(book.observe([{ trackId: 'a', quality: 0.1 }], 0)).toEqual([]);
    expect(book.observe([{ trackId: 'a', quality: 0.1 }], 2000)).toEqual(['a']);
  });

  it('gathers as many embeddings as a decision needs, and begins anew', () => {
    const book = new TrackBook();
    book.observe([good('a')], 0);
    expect(book.gather('a', probe, 2)).toBeNull();
    expect(book.gather('a', probe, 2)).toHaveLength(2);
    expect(book.gather('a', probe, 2)).toBeNull();
    expect(book.gather('never-seen', probe, 1)).toBeNull();
  });

  it('names somebody at the first try that does, and then asks no more', () => {
    const book = new TrackBook();
    book.observe([good('a')], 0);
    expect(book.conclude('a', failure(), 100)).toBeNull();
    expect(book.conclude('a', match, 200)).toBe(match);
    expect(book.verdict('a')).toBe(match);
    expect(book.observe([good('a')], 60_000)).toEqual([]);
  });

  it('takes a face for nobody’s only after several tries, and reports the best of them', () => {
    const book = new TrackBook();
    book.observe([good('a')], 0);
    const best = failure(0.5);
    expect(book.conclude('a', failure(0.2), 100)).toBeNull();
    expect(book.conclude('a', best, 200)).toBeNull();
    expect(book.similarity('a')).toBe(0.5);
    expect(book.conclude('a', failure(0.1), 300)).toBe(best);
  });

  it('gives up at once on what waited long enough, and where there is nobody to resemble', () => {
    const book = new TrackBook();
    book.observe([good('slow'), good('alone')], 0);
    expect(book.conclude('slow', failure(), PATIENCE.giveUpAfterMs)).not.toBeNull();
    expect(book.conclude('alone', failure(null), 10)).not.toBeNull();
    expect(book.observe([good('alone')], 60_000)).toEqual([]);
  });

  it('tries such a face again a few times, in which only a match counts', () => {
    const book = new TrackBook({ ...PATIENCE, triesMax: 1, retriesMax: 2, retryPauseMs: 1000 });
    book.observe([good('a')], 0);
    book.conclude('a', failure(), 0);
    expect(book.observe([good('a')], 999)).toEqual([]);
    expect(book.observe([good('a')], 1000)).toEqual(['a']);
    expect(book.conclude('a', failure(), 1000)).toBeNull();
    expect(book.observe([good('a')], 2000)).toEqual(['a']);
    expect(book.conclude('a', failure(), 2000)).toBeNull();
    expect(book.observe([good('a')], 60_000)).toEqual([]);
  });

  it('looks at such a face again when the gallery changes, and may name it', () => {
    const book = new TrackBook();
    book.observe([good('a')], 0);
    book.conclude('a', failure(null), 0);
    book.reopen(known, 5000);
    expect(book.verdict('a')?.personId).toBeNull();
    expect(book.observe([good('a')], 5000)).toEqual(['a']);
    expect(book.conclude('a', match, 5000)).toBe(match);
  });

  it('forgets a name whose person is gone, and keeps the others', () => {
    const book = new TrackBook();
    book.observe([good('a')], 0);
    book.conclude('a', match, 0);
    book.reopen(known, 1000);
    expect(book.verdict('a')).toBe(match);
    book.reopen(() => false, 1000);
    expect(book.verdict('a')).toBeNull();
    expect(book.observe([good('a')], 1000)).toEqual(['a']);
  });

  it('takes a verdict back that could not be acted on, and pauses', () => {
    const book = new TrackBook();
    book.observe([good('a')], 0);
    book.conclude('a', match, 0);
    book.revoke('a', 0);
    expect(book.verdict('a')).toBeNull();
    expect(book.observe([good('a')], PATIENCE.retryPauseMs - 1)).toEqual([]);
    expect(book.observe([good('a')], PATIENCE.retryPauseMs)).toEqual(['a']);
  });

  it('forgets tracks that have been gone for long, and all of them at a cut', () => {
    const book = new TrackBook();
    book.observe([good('a'), good('b')], 0);
    book.conclude('a', match, 0);
    book.conclude('b', match, 0);
    book.observe([good('b')], PATIENCE.forgetAfterMs + 1);
    expect(book.verdict('a')).toBeNull();
    expect(book.verdict('b')).toBe(match);
    book.endScene();
    expect(book.verdict('b')).toBeNull();
  });
});
