import { retentionSettingsSchema } from '@munjigi/contracts';
import { newId } from '../../platform/database/uuid';
import { daysOf } from './retention-settings';

const [north, south] = [newId(), newId()];
const settings = retentionSettingsSchema.parse({
  rules: [
    { siteId: null, kind: 'event', days: 90 },
    { siteId: north, kind: 'event', days: 30 },
    { siteId: north, kind: 'image', days: 7 },
  ],
});

describe('daysOf', () => {
  it.each([
    ['event', north, 30],
    ['event', south, 90],
    ['event', null, 90],
    ['image', north, 7],
    ['image', south, null],
    ['image', null, null],
    ['template', north, null],
  ] as const)('says of %s at %s: %s', (kind, siteId, days) => {
    expect(daysOf(settings, kind, siteId)).toBe(days);
  });
});
