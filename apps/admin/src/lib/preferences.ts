import { LOCALE_COOKIE, type Locale } from '@/i18n/locales';

/** Themes a person can choose; `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** Cookie that keeps the chosen theme, so that the server's first byte already has it and nothing flashes. */
export const THEME_COOKIE = 'munjigi_theme';

const YEAR_SECONDS = 31_536_000;

/** The theme that a cookie's value names; `system` for anything else. */
export function themeOf(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/** Keeps the theme and shows it at once. */
export function chooseTheme(theme: Theme): void {
  keep(THEME_COOKIE, theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Keeps the language; the caller refreshes the page's server part, which reads it. */
export function chooseLocale(locale: Locale): void {
  keep(LOCALE_COOKIE, locale);
}

function keep(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
