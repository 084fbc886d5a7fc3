import { pickLocale } from './locales';

describe('pickLocale', () => {
  it('follows the choice over the browser', () => expect(pickLocale('ko', 'en-GB,en;q=0.9')).toBe('ko'));
  it('ignores a choice of a language that there is not', () => expect(pickLocale('xx', 'ko-KR')).toBe('ko'));
  it.each([
    ['ko-KR,ko;q=0.9,en-US;q=0.8', 'ko'],
    ['fr-FR,fr;q=0.9,ko;q=0.5,en;q=0.4', 'ko'],
    ['en;q=0.4,ko;q=0.5', 'ko'],
    ['ko;q=0,en', 'en'],
    ['fr-FR', 'en'],
    ['', 'en'],
    [null, 'en'],
  ])('of %j is %s', (header, locale) => expect(pickLocale(undefined, header)).toBe(locale));
});
