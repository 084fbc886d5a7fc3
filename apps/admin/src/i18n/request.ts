import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import en from '@/messages/en.json';
import { LOCALE_COOKIE, pickLocale } from './locales';

/** Language and messages of one request. Times are formatted in the browser, in its own zone. */
export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const locale = pickLocale(chosen, (await headers()).get('accept-language'));
  const messages = locale === 'ko' ? (await import('@/messages/ko.json')).default : en;
  return { locale, messages, timeZone: 'UTC' };
});
