import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { siteCardSchema } from './card';
import { expectedEnds } from './check-card';
import { defaultLockPath } from './lock';

/** The cards that the documentation shows. */
function documentedCards(): unknown[] {
  const text = readFileSync(join(dirname(defaultLockPath()), 'docs', 'models.md'), 'utf8');
  return [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json) as unknown);
}

describe('the cards in docs/models.md', () => {
  it('are valid, and say what those networks take and give', () => {
    const [arcface, minifasnet, ...others] = documentedCards().map((card) =>
      expectedEnds(siteCardSchema.parse(card)),
    );

    expect(arcface).toEqual({ input: 'input.1', shape: [3, 112, 112], outputs: new Map([['683', 512]]) });
    expect(minifasnet).toEqual({ input: 'input', shape: [3, 80, 80], outputs: new Map([['output', 3]]) });
    expect(others).toEqual([]);
  });
});
