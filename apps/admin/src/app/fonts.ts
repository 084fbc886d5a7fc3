import localFont from 'next/font/local';

/** Pretendard, all of Hangul and Latin in one variable file; served by the console itself. */
export const pretendard = localFont({
  src: '../../../../node_modules/pretendard/dist/web/variable/woff2/PretendardVariable.woff2',
  variable: '--font-pretendard',
  weight: '45 920',
  display: 'swap',
});
