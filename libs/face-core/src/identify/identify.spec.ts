import fc from 'fast-check';
import { identify, type Candidate } from './identify';

const rule = { similarityMin: 0.6, marginMin: 0.05 };
const of = (...similarities: number[]): Candidate[] =>
  similarities.map((similarity, index) => ({ personId: `person-${index}`, similarity }));

describe('identify', () => {
  it.each([
    ['the gallery cannot be searched', null, 'gallery-unavailable', null],
    ['the gallery is empty', of(), 'unknown-person', null],
    ['nobody is similar enough', of(0.59), 'unknown-person', 0.59],
    ['one person reaches the threshold', of(0.6), 'matched', 0.6],
    ['the best leads clearly', of(0.8, 0.7), 'matched', 0.8],
    ['two are too close to tell apart', of(0.8, 0.78), 'ambiguous', 0.8],
    ['two are close but both unlike', of(0.5, 0.49), 'unknown-person', 0.5],
    ['the best similarity is no number', of(Number.NaN), 'gallery-unavailable', null],
    ['the second similarity is no number', of(0.9, Number.NaN), 'gallery-unavailable', null],
    ['the candidates are not in order', of(0.2, 0.9), 'gallery-unavailable', null],
  ])('when %s', (_, candidates, reason, similarity) => {
    const personId = reason === 'matched' ? 'person-0' : null;
    expect(identify(candidates, rule)).toMatchObject({ reason, personId, similarity });
  });

  it('names nobody under a rule that is no number', () => {
    expect(identify(of(1), { similarityMin: Number.NaN, marginMin: 0 }).personId).toBeNull();
    expect(identify(of(1, 0), { similarityMin: 0.5, marginMin: Number.NaN }).personId).toBeNull();
  });

  it('never names anybody under the threshold, or without the margin', () => {
    const anything = fc.double();
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), anything, anything, (similarities, min, margin) => {
        const { reason, personId } = identify(of(...similarities), { similarityMin: min, marginMin: margin });
        if (personId === null) return reason !== 'matched';
        const [best, second] = similarities;
        return best! >= min && (second === undefined || best! - second >= margin);
      }),
      { numRuns: 2000 },
    );
  });
});
