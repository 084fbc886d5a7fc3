/** The languages that the console speaks, each complete. */
export const LOCALES = ['en', 'ko'] as const;

export type Locale = (typeof LOCALES)[number];

/** Cookie that keeps the language a person chose. */
export const LOCALE_COOKIE = 'munjigi_locale';

/** True when the value names a language of the console. */
export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/**
 * The language to show: the chosen one, else the first that the browser accepts and we speak, else English.
 *
 * @param chosen value of the cookie, if any
 * @param acceptLanguage header `Accept-Language`, if any
 */
export function pickLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const accepted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters.map((p) => p.trim()).find((p) => p.startsWith('q='));
      return { language: tag.split('-')[0]?.toLowerCase(), weight: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .find(({ language }) => isLocale(language));
  return isLocale(accepted?.language) ? accepted.language : 'en';
}
