import fc from 'fast-check';
import { decide, type Candidate } from './decide';

const rule = { similarityMin: 0.6, marginMin: 0.05 };
const of = (...similarities: number[]): Candidate[] =>
  similarities.map((similarity, index) => ({ personId: `person-${index}`, similarity }));

describe('decide', () => {
  it.each([
    ['the gallery cannot be searched', null, 'denied', 'gallery-unavailable', null],
    ['the gallery is empty', of(), 'denied', 'unknown-person', null],
    ['nobody is similar enough', of(0.59), 'denied', 'unknown-person', 0.59],
    ['one person reaches the threshold', of(0.6), 'granted', 'matched', 0.6],
    ['the best leads clearly', of(0.8, 0.7), 'granted', 'matched', 0.8],
    ['two are too close to tell apart', of(0.8, 0.78), 'denied', 'ambiguous', 0.8],
    ['two are close but both unlike', of(0.5, 0.49), 'denied', 'unknown-person', 0.5],
    ['the best similarity is no number', of(Number.NaN), 'denied', 'gallery-unavailable', null],
    ['the second similarity is no number', of(0.9, Number.NaN), 'denied', 'gallery-unavailable', null],
    ['the candidates are not in order', of(0.2, 0.9), 'denied', 'gallery-unavailable', null],
  ])('when %s', (_, candidates, outcome, reason, similarity) => {
    const decision = decide(candidates, rule);
    expect(decision).toMatchObject({ outcome, reason, similarity });
    expect(decision.personId).toBe(outcome === 'granted' ? 'person-0' : null);
  });

  it('denies under a rule that is no number', () => {
    expect(decide(of(1), { similarityMin: Number.NaN, marginMin: 0 }).outcome).toBe('denied');
    expect(decide(of(1, 0), { similarityMin: 0.5, marginMin: Number.NaN }).outcome).toBe('denied');
  });

  it('never grants anybody under the threshold, or without the margin', () => {
    const anything = fc.double();
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), anything, anything, (similarities, min, margin) => {
        const decision = decide(of(...similarities), { similarityMin: min, marginMin: margin });
        if (decision.outcome === 'denied') return decision.personId === null;
        const [best, second] = similarities;
        return best! >= min && (second === undefined || best! - second >= margin);
      }),
      { numRuns: 2000 },
    );
  });
});
