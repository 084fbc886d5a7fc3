import fc from 'fast-check';
import { CaptureBook } from './capture-book';

const bounds = { capturesPerTrackMax: 2, tracksMax: 2, keepMs: 10_000, spacingMs: 500 };
const capture = (quality: number, atMs: number) => ({ jpeg: Uint8Array.of(1), quality, atMs });
const qualities = (book: CaptureBook, trackId: string, atMs: number) =>
  book.of(trackId, atMs).map(({ quality }) => quality);

describe('CaptureBook', () => {
  it('keeps the best pictures, best first', () => {
    const book = new CaptureBook(bounds);
    [0.5, 0.3, 0.8].forEach((quality, index) => book.keep('a', capture(quality, index * 1000)));
    expect(qualities(book, 'a', 3000)).toEqual([0.8, 0.5]);
  });

  it('takes of pictures near in time only the better one', () => {
    const book = new CaptureBook(bounds);
    book.keep('a', capture(0.5, 0));
    book.keep('a', capture(0.52, 100));
    book.keep('a', capture(0.7, 200));
    expect(qualities(book, 'a', 300)).toEqual([0.7]);
  });

  it('wants nothing that is hardly better', () => {
    const book = new CaptureBook(bounds);
    book.keep('a', capture(0.5, 0));
    book.keep('a', capture(0.5, 1000));
    expect(book.wants('a', 0.54, 2000)).toBe(false);
    expect(book.wants('a', 0.56, 2000)).toBe(true);
    expect(book.wants('b', 0, 2000)).toBe(false);
  });

  it('forgets in time', () => {
    const book = new CaptureBook(bounds);
    book.keep('a', capture(0.5, 0));
    expect(qualities(book, 'a', 10_000)).toEqual([0.5]);
    expect(qualities(book, 'a', 10_001)).toEqual([]);
  });

  it('never exceeds its bounds', () => {
    const one = fc.record({
      track: fc.constantFrom('a', 'b', 'c', 'd'),
      quality: fc.double({ min: 0, max: 1 }),
    });
    fc.assert(
      fc.property(fc.array(one), (captures) => {
        const book = new CaptureBook(bounds);
        captures.forEach(({ track, quality }, index) => book.keep(track, capture(quality, index * 200)));
        const atMs = captures.length * 200;
        const kept = ['a', 'b', 'c', 'd'].map((track) => book.of(track, atMs).length).filter(Boolean);
        return kept.length <= 2 && kept.every((count) => count <= 2);
      }),
    );
  });
});
