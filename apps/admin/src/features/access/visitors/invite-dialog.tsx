'use client';

import {
  type CreateVisitorRequest,
  type GroupId,
  type PersonId,
  type SiteId,
  createVisitorRequestSchema,
} from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CheckList } from '@/components/ui/check-list';
import { FormDialog } from '@/components/ui/form-dialog';
import { Labelled } from '@/components/ui/labelled';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { useToaster } from '@/components/ui/toast';
import { useMay } from '../../auth/use-may';
import { instantOfLocalInput } from '../../events/event-filters';
import { PersonPicker } from '../../people/person-picker';
import { useGroups, useSites } from '../use-places';
import { visitorKeys, visitorsApi } from './visitors-api';

interface InviteDialogProps {
  /** The day that the visit is on to begin with. */
  readonly day: string;
  readonly onClose: () => void;
}

/** Announces a visitor: who comes to whom, what for, when, and where they may pass. */
export function InviteDialog({ day, onClose }: InviteDialogProps) {
  const t = useTranslations('visitors');
  const form = useInvitation(day, onClose);
  const { values, change, wrong } = form;
  return (
    <FormDialog
      title={t('addTitle')}
      description={t('addHint')}
      submitLabel={t('invite')}
      action={form.invite}
      onSubmit={form.submit}
      onClose={onClose}
      wide
    >
      <WhoFields form={form} />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          type="datetime-local"
          label={t('from')}
          value={values.from}
          error={wrong('from') ? t('timesWrong') : undefined}
          onChange={(from) => change({ from })}
        />
        <TextField
          type="datetime-local"
          label={t('until')}
          value={values.until}
          error={wrong('until') ? t('timesWrong') : undefined}
          onChange={(until) => change({ until })}
        />
      </div>
      <WhereFields form={form} />
    </FormDialog>
  );
}

type Form = ReturnType<typeof useInvitation>;

function WhoFields({ form: { values, change, wrong } }: { readonly form: Form }) {
  const t = useTranslations('visitors');
  const setup = useTranslations('setup');
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <TextField
        label={t('name')}
        value={values.name}
        autoFocus
        maxLength={200}
        error={wrong('name') ? setup('nameMissing') : undefined}
        onChange={(name) => change({ name })}
      />
      <TextField
        label={t('company')}
        value={values.company}
        maxLength={120}
        onChange={(company) => change({ company })}
      />
      <Labelled label={t('host')} error={wrong('hostId') ? t('hostMissing') : undefined}>
        <PersonPicker
          label={t('host')}
          none={t('chooseHost')}
          personId={values.hostId}
          className="w-full"
          onChange={(hostId) => change({ hostId })}
        />
      </Labelled>
      <TextField
        label={t('purpose')}
        value={values.purpose}
        maxLength={200}
        error={wrong('purpose') ? t('purposeMissing') : undefined}
        onChange={(purpose) => change({ purpose })}
      />
      <TextField
        type="email"
        label={t('email')}
        value={values.email}
        maxLength={254}
        error={wrong('email') ? t('emailInvalid') : undefined}
        onChange={(email) => change({ email })}
      />
      <SiteField form={{ values, change }} />
    </div>
  );
}

function SiteField({ form: { values, change } }: { readonly form: Pick<Form, 'values' | 'change'> }) {
  const t = useTranslations('visitors');
  const access = useTranslations('access');
  const may = useMay();
  const sites = (useSites().data ?? []).filter(({ id }) => may('people:write', id));
  return (
    <Labelled label={t('site')}>
      <Select<SiteId | 'all'>
        label={t('site')}
        value={values.siteId ?? 'all'}
        onChange={(siteId) => change({ siteId: siteId === 'all' ? null : siteId })}
        options={[
          ...(may('people:write', null) ? [{ value: 'all' as const, label: access('organisation') }] : []),
          ...sites.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        className="w-full"
      />
    </Labelled>
  );
}

function WhereFields({ form: { values, change } }: { readonly form: Form }) {
  const t = useTranslations('visitors');
  const groups = useGroups();
  if (!groups.data) return null;
  return (
    <CheckList<GroupId>
      label={t('groups')}
      options={groups.data.map(({ id, name }) => ({ value: id, label: name }))}
      chosen={values.groupIds}
      empty={t('noGroups')}
      onChange={(groupIds) => change({ groupIds })}
    />
  );
}

interface Values {
  readonly name: string;
  readonly company: string;
  readonly email: string;
  readonly purpose: string;
  readonly hostId: PersonId | undefined;
  readonly siteId: SiteId | null;
  readonly groupIds: readonly GroupId[];
  /** As the inputs have them. */
  readonly from: string;
  readonly until: string;
}

function useInvitation(day: string, onClose: () => void) {
  const t = useTranslations('visitors');
  const toaster = useToaster();
  const cache = useQueryClient();
  const may = useMay();
  const firstSite = (useSites().data ?? []).find(({ id }) => may('people:write', id))?.id ?? null;
  const [values, setValues] = useState<Values>({
    ...{ name: '', company: '', email: '', purpose: '', hostId: undefined, groupIds: [] },
    siteId: may('people:write', null) ? null : firstSite,
    ...{ from: `${day}T09:00`, until: `${day}T18:00` },
  });
  const [tried, setTried] = useState(false);
  const parsed = createVisitorRequestSchema.safeParse({
    ...values,
    company: values.company.trim() || null,
    email: values.email.trim() || null,
    from: instantOfLocalInput(values.from),
    until: instantOfLocalInput(values.until),
  });
  const invite = useMutation({
    mutationFn: (body: CreateVisitorRequest) => visitorsApi.invite(body),
    onSuccess: ({ person }) => {
      void cache.invalidateQueries({ queryKey: visitorKeys.all });
      toaster.done(t('invited', { name: person.name }));
      onClose();
    },
  });
  return {
    ...{ values, invite },
    change: (changes: Partial<Values>) => setValues((current) => ({ ...current, ...changes })),
    wrong: (field: string) => tried && !!parsed.error?.issues.some(({ path }) => path[0] === field),
    submit: () => {
      setTried(true);
      if (parsed.success) invite.mutate(parsed.data);
    },
  };
}
