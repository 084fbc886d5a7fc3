'use client';

import { type Permission, type SiteId, createApiTokenRequestSchema } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Dialog } from '@/components/ui/dialog';
import { FormDialog } from '@/components/ui/form-dialog';
import { Labelled } from '@/components/ui/labelled';
import { TextField } from '@/components/ui/text-field';
import { Segmented } from '@/components/ui/segmented';
import { useConfirmedMutation } from '../../auth/step-up';
import { useMay } from '../../auth/use-may';
import { administrationKeys, tokensApi } from '../administration-api';
import { PermissionsField } from '../permissions-field';
import { TokenOnce } from './token-once';
import { SitesField } from '../sites-field';

const DAY_MS = 86_400_000;
/** How long a token can be made to last; the server allows 366 days. */
const LIFETIMES_DAYS = ['30', '90', '365'] as const;

type LifetimeDays = (typeof LIFETIMES_DAYS)[number];

/** Makes a token, then shows it this once. */
export function TokenDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('tokens');
  const setup = useTranslations('setup');
  const roles = useTranslations('roles');
  const cache = useQueryClient();
  const may = useMay();
  const [name, setName] = useState('');
  const [permissions, setPermissions] = useState<ReadonlySet<Permission>>(new Set());
  const [siteIds, setSiteIds] = useState<SiteId[] | null>(null);
  const [days, setDays] = useState<LifetimeDays>('90');
  const [wrong, setWrong] = useState<ReadonlySet<unknown>>(new Set());
  const create = useConfirmedMutation(tokensApi.create, () =>
    cache.invalidateQueries({ queryKey: administrationKeys.tokens }),
  );
  const submit = () => {
    const expiresAt = new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    const body = { name, permissions: [...permissions], siteIds, expiresAt };
    const parsed = createApiTokenRequestSchema.safeParse(body);
    setWrong(new Set(parsed.error?.issues.map(({ path }) => path[0])));
    if (parsed.success) create.mutate(parsed.data);
  };
  if (create.data) {
    return (
      <Dialog open onOpenChange={(open) => !open && onClose()} title={t('made')} description={t('madeHint')}>
        <TokenOnce token={create.data.token} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <FormDialog
      title={t('add')}
      description={t('addHint')}
      submitLabel={t('submit')}
      action={create}
      onSubmit={submit}
      onClose={onClose}
      wide
    >
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        error={wrong.has('name') ? setup('nameMissing') : undefined}
        value={name}
        autoFocus
        maxLength={120}
        onChange={setName}
      />
      <Labelled label={t('lifetime')}>
        <Segmented
          label={t('lifetime')}
          value={days}
          onChange={setDays}
          options={LIFETIMES_DAYS.map((value) => ({
            value,
            label: t('days', { count: Number(value) }),
          }))}
        />
      </Labelled>
      <SitesField
        allLabel={t('whereMaker')}
        value={siteIds}
        onChange={setSiteIds}
        error={wrong.has('siteIds')}
      />
      <PermissionsField value={permissions} onChange={setPermissions} isOffered={(each) => may(each)} />
      {wrong.has('permissions') && (
        <p role="alert" className="text-xs text-denied">
          {roles('permissionsMissing')}
        </p>
      )}
    </FormDialog>
  );
}
