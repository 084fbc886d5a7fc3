import { LOCALE_COOKIE, type Locale } from '@/i18n/locales';

/** Themes a person can choose; `system` follows the device. */
export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** Cookie that keeps the chosen theme, so that the server's first byte already has it and nothing flashes. */
export const THEME_COOKIE = 'munjigi_theme';

/** Whether a new alarm makes a sound on this device. */
export const ALARM_SOUNDS = ['off', 'on'] as const;

export type AlarmSound = (typeof ALARM_SOUNDS)[number];

const ALARM_SOUND_COOKIE = 'munjigi_alarm_sound';

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

/** What the cookies of a page say about the sound of alarms; silent unless chosen otherwise. */
export function alarmSoundOf(cookies: string): AlarmSound {
  return new RegExp(`(?:^|; )${ALARM_SOUND_COOKIE}=on(?:;|$)`).test(cookies) ? 'on' : 'off';
}

/** Keeps whether new alarms make a sound. */
export function chooseAlarmSound(sound: AlarmSound): void {
  keep(ALARM_SOUND_COOKIE, sound);
}

function keep(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
