'use client';

import { type ReportFormat, type ReportLanguage, REPORT_FORMATS, REPORT_LANGUAGES } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Labelled } from '@/components/ui/labelled';
import { Segmented } from '@/components/ui/segmented';

interface FormatFieldsProps {
  readonly format: ReportFormat;
  readonly language: ReportLanguage;
  readonly onFormat: (format: ReportFormat) => void;
  readonly onLanguage: (language: ReportLanguage) => void;
}

/** Chooses how a file of a report is written, and in which language. */
export function FormatFields({ format, language, onFormat, onLanguage }: FormatFieldsProps) {
  const t = useTranslations('reports');
  return (
    <div className="flex flex-wrap gap-x-6 gap-y-4">
      <Labelled label={t('format')}>
        <Segmented
          label={t('format')}
          value={format}
          onChange={onFormat}
          options={REPORT_FORMATS.map((value) => ({ value, label: value.toUpperCase() }))}
        />
      </Labelled>
      <Labelled label={t('language')}>
        <Segmented
          label={t('language')}
          value={language}
          onChange={onLanguage}
          options={REPORT_LANGUAGES.map((value) => ({ value, label: t(`languageOf.${value}`) }))}
        />
      </Labelled>
    </div>
  );
}
