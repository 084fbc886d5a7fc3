'use client';

import {
  type ReportDefinition,
  type ReportExport,
  type ReportFormat,
  type ReportLanguage,
  reportExportRequestSchema,
} from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { FormDialog } from '@/components/ui/form-dialog';
import { TextField } from '@/components/ui/text-field';
import { reportKeys, reportsApi, useReportLanguage } from '../reports-api';
import { ExportState } from './export-state';
import { FormatFields } from './format-fields';

interface ExportDialogProps {
  readonly report: ReportDefinition;
  readonly title: string;
  readonly onClose: () => void;
}

/** Has a report made as a file, shows how far it is, and gives it with what it is verified by. */
export function ExportDialog({ report, title, onClose }: ExportDialogProps) {
  const t = useTranslations('reports');
  const cache = useQueryClient();
  const [format, setFormat] = useState<ReportFormat>('csv');
  const [language, setLanguage] = useState<ReportLanguage>(useReportLanguage());
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const parsed = reportExportRequestSchema.safeParse({ report, format, language, reason });
  const start = useMutation({
    mutationFn: reportsApi.startExport,
    onSuccess: () => cache.invalidateQueries({ queryKey: reportKeys.exports }),
  });
  if (start.data) return <StartedDialog made={start.data} onClose={onClose} />;
  return (
    <FormDialog
      title={t('exportTitle', { title })}
      description={t('exportHint')}
      submitLabel={t('start')}
      action={start}
      onSubmit={() => {
        setTried(true);
        if (parsed.success) start.mutate(parsed.data);
      }}
      onClose={onClose}
    >
      <FormatFields format={format} language={language} onFormat={setFormat} onLanguage={setLanguage} />
      <TextField
        label={t('reason')}
        error={tried && !parsed.success ? t('reasonMissing') : undefined}
        value={reason}
        maxLength={500}
        onChange={setReason}
      />
    </FormDialog>
  );
}

function StartedDialog({ made, onClose }: { readonly made: ReportExport; readonly onClose: () => void }) {
  const t = useTranslations('reports');
  const common = useTranslations('common');
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('making')}
      description={t('makingHint')}
    >
      <div className="px-5 pb-5">
        <ExportState made={made} />
      </div>
      <DialogFooter>
        <Button onClick={onClose}>{common('close')}</Button>
      </DialogFooter>
    </Dialog>
  );
}
