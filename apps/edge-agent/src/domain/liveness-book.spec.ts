import { LIVENESS_PATIENCE_MS, LivenessBook } from './liveness-book';

describe('LivenessBook', () => {
  const shown = (scores: readonly (number | undefined)[], track = 'a') => {
    const book = new LivenessBook();
    scores.forEach((score, index) => book.add(track, score, index * 100));
    return book;
  };

  it('waits for three frames, and judges by what most of them say', () => {
    expect(shown([0.9, 0.9]).judge('a', 0.8, 0)).toEqual({ state: 'pending', score: null });
    expect(shown([0.9, 0.9, 0.9]).judge('a', 0.8, 0)).toEqual({ state: 'live', score: 0.9 });
    expect(shown([0.1, 0.9, 0.1, 0.1]).judge('a', 0.8, 0)).toMatchObject({ state: 'not-live' });
  });

  it('knows nothing of frames that could not be judged, and says so when patience ends', () => {
    const book = shown([undefined, 0.9, undefined, 0.9, Number.NaN]);
    expect(book.judge('a', 0.8, LIVENESS_PATIENCE_MS - 1).state).toBe('pending');
    expect(book.judge('a', 0.8, LIVENESS_PATIENCE_MS)).toEqual({ state: 'unknown', score: null });
  });

  it('counts what one track shows for that track alone, and nothing of before it began anew', () => {
    const book = shown([0.9, 0.9, 0.9]);
    expect(book.judge('b', 0.8, 0).state).toBe('pending');
    book.forget('a');
    expect(book.judge('a', 0.8, 0).state).toBe('pending');
  });

  it('forgets who has been away', () => {
    const book = shown([0.9, 0.9, 0.9]);
    book.add('b', 0.9, 20_000);
    expect(book.judge('a', 0.8, 0).state).toBe('pending');
  });
});
