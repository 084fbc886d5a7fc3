'use client';

import { Monitor, Moon, SlidersHorizontal, Sun } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuChoice } from '@/components/ui/menu';
import { LOCALES, type Locale } from '@/i18n/locales';
import { THEMES, type Theme, chooseLocale, chooseTheme, themeOf } from '@/lib/preferences';

const THEME_ICONS: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };

/** Each language in its own words: a reader looks for what they can read. */
const LOCALE_NAMES: Record<Locale, string> = { en: 'English', ko: '한국어' };

/** Language and theme, to stand inside a menu. */
export function PreferenceChoices() {
  const t = useTranslations('preferences');
  const locale = useLocale();
  const router = useRouter();
  const [theme, setTheme] = useState<Theme>('system');
  useEffect(() => setTheme(themeOf(document.documentElement.dataset.theme)), []);
  return (
    <>
      <MenuChoice
        label={t('language')}
        value={locale}
        options={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
        onChange={(value) => {
          chooseLocale(value);
          router.refresh();
        }}
      />
      <MenuChoice
        label={t('theme')}
        value={theme}
        options={THEMES.map((value) => {
          const Icon = THEME_ICONS[value];
          return { value, label: t(value), icon: <Icon aria-hidden /> };
        })}
        onChange={(value) => {
          chooseTheme(value);
          setTheme(value);
        }}
      />
    </>
  );
}

/** A button for language and theme, where nobody is signed in. */
export function PreferencesMenu() {
  const t = useTranslations('preferences');
  return (
    <Menu
      trigger={
        <Button variant="ghost" size="icon" aria-label={t('open')}>
          <SlidersHorizontal aria-hidden />
        </Button>
      }
    >
      <PreferenceChoices />
    </Menu>
  );
}
