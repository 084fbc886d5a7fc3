'use client';

import type { FloorPlan, Site, SiteId } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { floorPlansApi, useChangePlans } from './floor-plans-api';

interface AddPlanDialogProps {
  /** Those whose doors may be changed; one at least. */
  readonly sites: readonly Site[];
  readonly onAdded: (plan: FloorPlan) => void;
  readonly onClose: () => void;
}

/** Makes a plan of a picture of a floor. */
export function AddPlanDialog({ sites, onAdded, onClose }: AddPlanDialogProps) {
  const t = useTranslations('floorPlans');
  const setup = useTranslations('setup');
  const [name, setName] = useState('');
  const [siteId, setSiteId] = useState<SiteId | ''>(sites[0]?.id ?? '');
  const [picture, setPicture] = useState<File | null>(null);
  const [tried, setTried] = useState(false);
  const isNamed = name.trim() !== '';
  const add = useChangePlans(floorPlansApi.create, onAdded);
  return (
    <FormDialog
      title={t('add')}
      description={t('addHint')}
      submitLabel={t('add')}
      action={add}
      onSubmit={() => {
        setTried(true);
        if (isNamed && picture && siteId !== '') add.mutate({ name: name.trim(), siteId, picture });
      }}
      onClose={onClose}
    >
      <Field
        label={t('name')}
        hint={t('nameHint')}
        error={tried && !isNamed ? setup('nameMissing') : undefined}
      >
        {(ids) => (
          <Input
            {...ids}
            value={name}
            autoComplete="off"
            maxLength={120}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      {sites.length > 1 && (
        <div className="grid gap-1.5">
          <span aria-hidden className="text-sm font-medium">
            {t('site')}
          </span>
          <Select
            label={t('site')}
            value={siteId}
            onChange={setSiteId}
            options={sites.map((site) => ({ value: site.id, label: site.name }))}
            className="w-full"
          />
        </div>
      )}
      <Field
        label={t('picture')}
        hint={t('pictureHint')}
        error={tried && !picture ? t('pictureNeeded') : undefined}
      >
        {(ids) => (
          <input
            {...ids}
            type="file"
            accept="image/jpeg,image/png,image/webp"
            onChange={(event) => setPicture(event.target.files?.[0] ?? null)}
            className="min-w-0 text-sm file:mr-3 file:h-8 file:cursor-pointer file:rounded-md file:border file:border-solid file:border-line-strong file:bg-raised file:px-3 file:font-medium file:text-ink"
          />
        )}
      </Field>
    </FormDialog>
  );
}
