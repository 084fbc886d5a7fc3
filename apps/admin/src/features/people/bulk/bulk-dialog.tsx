'use client';

import { type GroupId, type PersonId, bulkActionSchema } from '@munjigi/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '@/components/ui/form-dialog';
import { Labelled } from '@/components/ui/labelled';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { useToaster } from '@/components/ui/toast';
import { request } from '@/lib/api/request';
import { useGroups } from '../../access/use-places';
import { useRefreshPeople } from '../use-people';
import type { BulkKind } from './bulk-bar';

interface BulkDialogProps {
  readonly kind: BulkKind;
  readonly personIds: readonly PersonId[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks what is still to be said, then does it to everybody who is chosen and says how many were refused. */
export function BulkDialog({ kind, personIds, onDone, onClose }: BulkDialogProps) {
  const t = useTranslations('bulk');
  const access = useTranslations('access');
  const toaster = useToaster();
  const refresh = useRefreshPeople();
  const [groupId, setGroupId] = useState<GroupId | ''>('');
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const parsed = bulkActionSchema.safeParse({ kind, groupId, reason });
  const run = useMutation({
    mutationFn: () =>
      request('/api/people/bulk', 'bulkPeopleResponseSchema', {
        method: 'POST',
        body: { personIds, action: parsed.data },
      }),
    onSuccess: ({ changed, refused }) => {
      void refresh();
      const why = [...new Set(refused.map(({ title }) => title))].join(' ');
      const refusals = `${t('refused', { count: refused.length })}. ${why}`;
      toaster.done(t('done', { count: changed }), refused.length > 0 ? refusals : undefined);
      onClose();
      onDone();
    },
  });
  const needsGroup = kind === 'add-to-group' || kind === 'remove-from-group';
  return (
    <FormDialog
      title={t(`title.${kind}`, { count: personIds.length })}
      description={t(`hint.${kind}`)}
      submitLabel={t(`action.${kind}`)}
      action={run}
      onSubmit={() => {
        setTried(true);
        if (parsed.success) run.mutate();
      }}
      onClose={onClose}
    >
      {needsGroup && <GroupChoice value={groupId} isWrong={tried && !parsed.success} onChange={setGroupId} />}
      {kind === 'suspend' && (
        <TextField
          label={t('reason')}
          error={tried && !parsed.success ? access('reasonMissing') : undefined}
          value={reason}
          maxLength={500}
          onChange={setReason}
        />
      )}
    </FormDialog>
  );
}

function GroupChoice(props: {
  readonly value: GroupId | '';
  readonly isWrong: boolean;
  readonly onChange: (groupId: GroupId | '') => void;
}) {
  const t = useTranslations('bulk');
  const groups = useGroups().data ?? [];
  return (
    <Labelled label={t('group')} error={props.isWrong ? t('chooseGroup') : undefined}>
      <Select<GroupId | ''>
        label={t('group')}
        placeholder={t('chooseGroup')}
        value={props.value}
        onChange={props.onChange}
        options={groups.map(({ id, name }) => ({ value: id, label: name }))}
        className="w-full"
      />
    </Labelled>
  );
}
