import { type RetentionRule, siteIdSchema } from '@munjigi/contracts';
import { draftOfRules, isShorter, rulesOfDraft } from './retention-draft';

const SITE = siteIdSchema.parse('0198c2f0-7a3b-7c11-8a44-000000000002');
const rule = (
  days: number,
  siteId: RetentionRule['siteId'] = null,
  kind: RetentionRule['kind'] = 'event',
) => ({
  siteId,
  kind,
  days,
});

describe('rules of retention', () => {
  it('come back from their rows, and there is always one for everywhere else', () => {
    const rules = [rule(365), rule(30, SITE, 'image')];
    expect(rulesOfDraft(draftOfRules(rules))).toEqual({ rules });
    expect(draftOfRules([]).map(({ siteId }) => siteId)).toEqual([null]);
  });

  it.each(['0', '1.5', '-3', 'many', '36501'])('are none while a field says %s', (days) => {
    expect(rulesOfDraft([{ siteId: null, days: { event: days, image: '', template: '' } }])).toBeNull();
  });

  it.each([
    ['a first rule', [], [rule(365)], true],
    ['fewer days', [rule(365)], [rule(364)], true],
    ['more days', [rule(365)], [rule(366)], false],
    ['no rule any more', [rule(365)], [], false],
    ['a site that keeps less than everywhere else', [rule(365)], [rule(365), rule(30, SITE)], true],
    ['a site that keeps more', [rule(365)], [rule(365), rule(400, SITE)], false],
    ['a site that falls back to less', [rule(30), rule(365, SITE)], [rule(30)], true],
    ['pictures that were not kept at all', [], [rule(30, null, 'image')], false],
  ])('remove something or not: %s', (_, before, after, expected) => {
    expect(isShorter(before, after)).toBe(expected);
  });
});
