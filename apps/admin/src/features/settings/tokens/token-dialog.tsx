'use client';

import { type Permission, type SiteId, createApiTokenRequestSchema } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { Segmented } from '@/components/ui/segmented';
import { useConfirmedMutation } from '../../auth/step-up';
import { useMay } from '../../auth/use-may';
import { administrationKeys, tokensApi } from '../administration-api';
import { PermissionsField } from '../permissions-field';
import { TokenOnce } from './token-once';
import { TokenSites } from './token-sites';

const DAY_MS = 86_400_000;
/** How long a token can be made to last; the server allows 366 days. */
const LIFETIMES_DAYS = ['30', '90', '365'] as const;

type LifetimeDays = (typeof LIFETIMES_DAYS)[number];

/** Makes a token, then shows it this once. */
export function TokenDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations('tokens');
  const setup = useTranslations('setup');
  const roles = useTranslations('roles');
  const common = useTranslations('common');
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expiresAt = new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    const body = { name, permissions: [...permissions], siteIds, expiresAt };
    const parsed = createApiTokenRequestSchema.safeParse(body);
    setWrong(new Set(parsed.error?.issues.map(({ path }) => path[0])));
    if (parsed.success) create.mutate(parsed.data);
  };
  const onOpenChange = (open: boolean) => !open && onClose();
  if (create.data) {
    return (
      <Dialog open onOpenChange={onOpenChange} title={t('made')} description={t('madeHint')}>
        <TokenOnce token={create.data.token} onClose={onClose} />
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={t('add')}
      description={t('addHint')}
      className="sm:w-[36rem]"
    >
      <form noValidate className="contents" onSubmit={submit}>
        <div className="grid min-h-0 gap-5 overflow-y-auto px-5 pt-1 pb-5">
          <Field
            label={t('name')}
            hint={t('nameHint')}
            error={wrong.has('name') ? setup('nameMissing') : undefined}
          >
            {(ids) => (
              <Input
                {...ids}
                value={name}
                autoFocus
                autoComplete="off"
                maxLength={120}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <div className="grid gap-1.5">
            <p className="text-sm font-medium">{t('lifetime')}</p>
            <div>
              <Segmented
                label={t('lifetime')}
                value={days}
                onChange={setDays}
                options={LIFETIMES_DAYS.map((value) => ({
                  value,
                  label: t('days', { count: Number(value) }),
                }))}
              />
            </div>
          </div>
          <TokenSites value={siteIds} onChange={setSiteIds} error={wrong.has('siteIds')} />
          <PermissionsField value={permissions} onChange={setPermissions} isOffered={(each) => may(each)} />
          {wrong.has('permissions') && (
            <p role="alert" className="text-xs text-denied">
              {roles('permissionsMissing')}
            </p>
          )}
          <Refusal error={create.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={create.isPending}>
            {t('submit')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
