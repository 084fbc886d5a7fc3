'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { type CreateSiteRequest, type Site, createSiteRequestSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Dialog, DialogFooter } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Refusal } from '@/components/ui/refusal';
import { TimeZoneInput } from '@/components/ui/time-zone-input';
import { useToaster } from '@/components/ui/toast';
import { accessKeys } from '../../access/access-api';
import { sitesApi } from '../administration-api';

interface SiteDialogProps {
  /** What to change; undefined: a new site. */
  readonly site?: Site;
  readonly onClose: () => void;
}

/** Adds a site, or changes its name or time zone. */
export function SiteDialog({ site, onClose }: SiteDialogProps) {
  const t = useTranslations('sites');
  const setup = useTranslations('setup');
  const common = useTranslations('common');
  const toaster = useToaster();
  const cache = useQueryClient();
  const form = useForm({
    resolver: zodResolver(createSiteRequestSchema),
    defaultValues: {
      name: site?.name ?? '',
      timeZone: site?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
  });
  const save = useMutation({
    mutationFn: (body: CreateSiteRequest) => (site ? sitesApi.update(site.id, body) : sitesApi.create(body)),
    onSuccess: (saved) => {
      void cache.invalidateQueries({ queryKey: accessKeys.sites });
      toaster.done(t('saved', { name: saved.name }));
      onClose();
    },
  });
  const { errors } = form.formState;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={site ? t('changeOf', { name: site.name }) : t('add')}
    >
      <form noValidate onSubmit={(event) => void form.handleSubmit((values) => save.mutate(values))(event)}>
        <div className="grid gap-4 px-5 pt-1 pb-5">
          <Field label={t('column.name')} error={errors.name && setup('nameMissing')}>
            {(ids) => (
              <Input {...ids} {...form.register('name')} autoFocus autoComplete="off" maxLength={120} />
            )}
          </Field>
          <Field
            label={t('column.zone')}
            hint={t('zoneHint')}
            error={errors.timeZone && setup('timeZoneInvalid')}
          >
            {(ids) => <TimeZoneInput {...ids} {...form.register('timeZone')} />}
          </Field>
          <Refusal error={save.error} />
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" variant="primary" pending={save.isPending}>
            {common('save')}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
