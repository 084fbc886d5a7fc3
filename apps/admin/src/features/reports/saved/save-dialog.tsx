'use client';

import { type ReportDefinition, savedReportRequestSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '@/components/ui/form-dialog';
import { Switch } from '@/components/ui/switch';
import { TextField } from '@/components/ui/text-field';
import { useToaster } from '@/components/ui/toast';
import { reportKeys, reportsApi } from '../reports-api';

interface SaveDialogProps {
  readonly report: ReportDefinition;
  readonly onClose: () => void;
}

/** Saves a report under a name, for oneself or for everybody who sees reports. */
export function SaveDialog({ report, onClose }: SaveDialogProps) {
  const t = useTranslations('reports');
  const common = useTranslations('common');
  const setup = useTranslations('setup');
  const toaster = useToaster();
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const [tried, setTried] = useState(false);
  const parsed = savedReportRequestSchema.safeParse({ name, report, shared });
  const save = useMutation({
    mutationFn: reportsApi.save,
    onSuccess: (saved) => {
      void cache.invalidateQueries({ queryKey: reportKeys.saved });
      toaster.done(t('saved', { name: saved.name }));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('saveTitle')}
      description={t('saveHint')}
      submitLabel={t('save')}
      action={save}
      onSubmit={() => {
        setTried(true);
        if (parsed.success) save.mutate(parsed.data);
      }}
      onClose={onClose}
    >
      <TextField
        label={common('name')}
        error={tried && !parsed.success ? setup('nameMissing') : undefined}
        value={name}
        autoFocus
        maxLength={120}
        onChange={setName}
      />
      <Switch label={t('shared')} hint={t('sharedHint')} checked={shared} onChange={setShared} />
    </FormDialog>
  );
}
