'use client';

import { type ReportSchedule, type SavedReport, reportScheduleRequestSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Switch } from '@/components/ui/switch';
import { TextField } from '@/components/ui/text-field';
import { Textarea } from '@/components/ui/textarea';
import { useToaster } from '@/components/ui/toast';
import { FormatFields } from '../exports/format-fields';
import { reportKeys, reportsApi, useReportLanguage } from '../reports-api';
import { TimingFields } from './timing-fields';

interface ScheduleDialogProps {
  readonly report: SavedReport;
  /** What to change; undefined: a new schedule. */
  readonly schedule: ReportSchedule | undefined;
  readonly onClose: () => void;
}

/** Has a saved report made again and again, or changes when and for whom. */
export function ScheduleDialog({ report, schedule, onClose }: ScheduleDialogProps) {
  const t = useTranslations('reports');
  const { values, change, recipients, setRecipients, isWrong, save, submit } = useScheduleForm(
    report,
    schedule,
    onClose,
  );
  return (
    <FormDialog
      title={t('scheduleOf', { name: report.name })}
      description={t('scheduleHint')}
      submitLabel={t('save')}
      action={save}
      onSubmit={submit}
      onClose={onClose}
      wide
    >
      <TimingFields
        timing={values.timing}
        timeZone={values.timeZone}
        isZoneWrong={isWrong('timeZone')}
        onChange={change}
      />
      <FormatFields
        format={values.format}
        language={values.language}
        onFormat={(format) => change({ format })}
        onLanguage={(language) => change({ language })}
      />
      <Field
        label={t('recipients')}
        hint={schedule?.mailable === false ? t('noMail') : t('recipientsHint')}
        error={isWrong('recipients') ? t('recipientsInvalid') : undefined}
      >
        {(ids) => (
          <Textarea
            {...ids}
            rows={2}
            value={recipients}
            spellCheck={false}
            onChange={(event) => setRecipients(event.target.value)}
          />
        )}
      </Field>
      <TextField
        label={t('reason')}
        error={isWrong('reason') ? t('reasonMissing') : undefined}
        value={values.reason}
        maxLength={500}
        onChange={(reason) => change({ reason })}
      />
      <Switch label={t('enabled')} checked={values.enabled} onChange={(enabled) => change({ enabled })} />
    </FormDialog>
  );
}

type Values = Pick<ReportSchedule, 'format' | 'language' | 'reason' | 'timing' | 'timeZone' | 'enabled'>;

function useScheduleForm(report: SavedReport, schedule: ReportSchedule | undefined, onClose: () => void) {
  const t = useTranslations('reports');
  const toaster = useToaster();
  const cache = useQueryClient();
  const language = useReportLanguage();
  const [values, setValues] = useState<Values>(
    () =>
      schedule ?? {
        ...{ format: 'xlsx', language, reason: '', enabled: true },
        timing: { every: 'week', on: 1, at: '07:00' },
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      },
  );
  const [recipients, setRecipients] = useState(schedule?.recipients.join('\n') ?? '');
  const [tried, setTried] = useState(false);
  const parsed = reportScheduleRequestSchema.safeParse({
    ...values,
    savedReportId: report.id,
    recipients: recipients.split(/[\s,;]+/).filter((address) => address !== ''),
  });
  const save = useMutation({
    mutationFn: (body: NonNullable<typeof parsed.data>) => reportsApi.putSchedule(schedule?.id, body),
    onSuccess: () => {
      void cache.invalidateQueries({ queryKey: reportKeys.schedules });
      toaster.done(t('scheduleSaved'));
      onClose();
    },
  });
  return {
    ...{ values, recipients, setRecipients, save },
    change: (changes: Partial<Values>) => setValues((current) => ({ ...current, ...changes })),
    isWrong: (field: string) => tried && !!parsed.error?.issues.some(({ path }) => path[0] === field),
    submit: () => {
      setTried(true);
      if (parsed.success) save.mutate(parsed.data);
    },
  };
}
