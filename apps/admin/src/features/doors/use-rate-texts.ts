'use client';

import type { RateWithInterval } from '@munjigi/contracts';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { peoplePer } from './threshold-draft';

/** Ways to write error rates for the reader. */
export interface RateTexts {
  /** `1 in 2,900` */
  readonly oneIn: (rate: number) => string;
  /** `3.1%` */
  readonly percent: (rate: number) => string;
  /** `95% sure: 1 in 1,700 to 4,900`; of a rate that may be nothing, `95% sure: at most 1 in 1,700`. */
  readonly oneInInterval: (rate: RateWithInterval) => string;
  /** `95% sure: 2.7% to 3.6%` */
  readonly percentInterval: (rate: RateWithInterval) => string;
}

/** Texts of rates in the reader's language. */
export function useRateTexts(): RateTexts {
  const locale = useLocale();
  const t = useTranslations('doorSettings');
  return useMemo(() => {
    const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumSignificantDigits: 2 });
    const oneIn = (rate: number): string => {
      const count = peoplePer(rate);
      return count === null ? t('nobody') : t('oneIn', { count });
    };
    return {
      oneIn,
      oneInInterval: ({ low, high }) => {
        const [few, many] = [peoplePer(high), peoplePer(low)];
        if (few === null) return '';
        return many === null ? t('oneInUpTo', { few }) : t('oneInInterval', { few, many });
      },
      percent: (rate) => percent.format(rate),
      percentInterval: ({ low, high }) =>
        t('percentInterval', { low: percent.format(low), high: percent.format(high) }),
    };
  }, [locale, t]);
}
