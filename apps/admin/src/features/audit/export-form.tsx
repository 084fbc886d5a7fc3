'use client';

import { auditExportQuerySchema } from '@munjigi/contracts';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { CustomPeriod } from '../events/custom-period';
import { auditExportUrl } from './audit-api';

/** Takes the account out as a signed file, for a reason. */
export function ExportForm() {
  const t = useTranslations('audit');
  const [reason, setReason] = useState('');
  const [period, setPeriod] = useState<{ from?: string | undefined; until?: string | undefined }>({});
  const [tried, setTried] = useState(false);
  const parsed = auditExportQuerySchema.safeParse({ reason, ...period });
  return (
    <section className="grid gap-3 border-t pt-5">
      <div>
        <h3 className="text-sm font-semibold">{t('export')}</h3>
        <p className="text-xs text-ink-muted">{t('exportHint')}</p>
      </div>
      <CustomPeriod period={period} onChange={setPeriod} />
      <Field label={t('exportReason')} error={tried && !parsed.success ? t('reasonMissing') : undefined}>
        {(ids) => (
          <Input
            {...ids}
            value={reason}
            maxLength={500}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Button asChild={parsed.success} className="justify-self-start" onClick={() => setTried(true)}>
        {parsed.success ? (
          // A link, so that the browser writes the file as it comes: it may be of many gigabytes.
          <a href={auditExportUrl(parsed.data)} download>
            <Download aria-hidden />
            {t('exportSubmit')}
          </a>
        ) : (
          t('exportSubmit')
        )}
      </Button>
    </section>
  );
}
