import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOOR_EVENT_KINDS, reasonSchema } from '@munjigi/contracts';

/** The keys of the page's words in a language. */
function keysOf(language: 'en' | 'ko'): string[] {
  return ['words', 'words-events'].flatMap((name) => {
    const text = readFileSync(join(__dirname, '..', '..', 'page', `${name}-${language}.mjs`), 'utf8');
    return [...text.matchAll(/^ {2}'?([\w./-]+)'?:/gm)].map(([, key]) => key!);
  });
}

describe('the page’s words', () => {
  it('are the same in both languages', () => {
    expect(keysOf('ko').sort()).toEqual(keysOf('en').sort());
  });

  it('name every kind of event and every reason', () => {
    const wanted = [
      ...DOOR_EVENT_KINDS.map((kind) => `event.${kind}`),
      ...reasonSchema.options.map((reason) => `reason.${reason}`),
    ];
    expect(keysOf('en')).toEqual(expect.arrayContaining(wanted));
  });
});
