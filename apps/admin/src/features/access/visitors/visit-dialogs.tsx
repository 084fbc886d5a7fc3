'use client';

import { extendVisitRequestSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ConfirmAction } from '@/components/ui/confirm-action';
import { FormDialog } from '@/components/ui/form-dialog';
import { TextField } from '@/components/ui/text-field';
import { useToaster } from '@/components/ui/toast';
import { instantOfLocalInput, localInputOf } from '../../events/event-filters';
import { type VisitorRow, visitorKeys, visitorsApi } from './visitors-api';

interface VisitDialogProps {
  readonly visitor: VisitorRow;
  readonly onClose: () => void;
}

const HOUR_MS = 3_600_000;

/** Lets a visit last longer, also one that is over. */
export function ExtendVisitDialog({ visitor, onClose }: VisitDialogProps) {
  const t = useTranslations('visitors');
  const { name, validUntil } = visitor.person;
  const [until, setUntil] = useState(() => {
    const end = Math.max(Date.now(), Date.parse(validUntil ?? '') || 0) + HOUR_MS;
    return localInputOf(new Date(end).toISOString());
  });
  const parsed = extendVisitRequestSchema.safeParse({ until: instantOfLocalInput(until) });
  const done = useDone(t('extended', { name }), onClose);
  const extend = useMutation({
    mutationFn: (body: { until: string }) => visitorsApi.extend(visitor.id, body),
    onSuccess: done,
  });
  return (
    <FormDialog
      title={t('extendTitle', { name })}
      submitLabel={t('extend')}
      action={extend}
      onSubmit={() => parsed.success && extend.mutate(parsed.data)}
      onClose={onClose}
    >
      <TextField
        type="datetime-local"
        label={t('until')}
        error={parsed.success ? undefined : t('timesWrong')}
        value={until}
        onChange={setUntil}
      />
    </FormDialog>
  );
}

/** Asks before a visit ends. */
export function EndVisitDialog({ visitor, onClose }: VisitDialogProps) {
  const t = useTranslations('visitors');
  const { name } = visitor.person;
  const done = useDone(t('ended', { name }), onClose);
  const end = useMutation({ mutationFn: () => visitorsApi.end(visitor.id), onSuccess: done });
  return (
    <ConfirmAction
      title={t('endTitle', { name })}
      description={t('endHint')}
      confirmLabel={t('end')}
      action={end}
      onClose={onClose}
    />
  );
}

function useDone(words: string, onClose: () => void) {
  const toaster = useToaster();
  const cache = useQueryClient();
  return () => {
    void cache.invalidateQueries({ queryKey: visitorKeys.all });
    toaster.done(words);
    onClose();
  };
}
