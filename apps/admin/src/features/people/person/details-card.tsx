'use client';

import type { Person } from '@munjigi/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { useFormats } from '@/lib/hooks/use-formats';
import { useSiteName } from '../../access/use-places';
import { useMay } from '../../auth/use-may';
import { personApi, personKeys } from './person-api';

/** The fields that this organisation keeps beside the built-in ones, in their order. */
export function useCustomFields() {
  return useQuery({
    queryKey: personKeys.customFields,
    queryFn: ({ signal }) => personApi.customFields(signal),
    select: (fields) => fields.toSorted((a, b) => a.position - b.position),
    staleTime: 60_000,
  });
}

/** All that is kept of a person beside their face. */
export function DetailsCard({ person }: { readonly person: Person }) {
  const t = useTranslations('person');
  const formats = useFormats();
  const siteName = useSiteName();
  const fields = useCustomFields();
  const { validFrom, validUntil } = person;
  const validity =
    validFrom === null && validUntil === null
      ? t('always')
      : t('validity', {
          from: validFrom ? formats.dateTime(validFrom) : '…',
          until: validUntil ? formats.dateTime(validUntil) : '…',
        });
  return (
    <Card title={t('details')}>
      <dl className="grid gap-x-4 gap-y-2.5 grid-cols-[6.5rem_1fr] px-3.5 py-3 sm:grid-cols-[9rem_1fr]">
        {person.statusReason && <Row label={t('statusReason')}>{person.statusReason}</Row>}
        <Row label={t('groups')}>
          <Groups person={person} />
        </Row>
        <Row label={t('valid')}>{validity}</Row>
        <Row label={t('employeeNumber')}>{person.employeeNumber}</Row>
        <Row label={t('department')}>{person.department}</Row>
        <Row label={t('email')}>{person.email}</Row>
        <Row label={t('phone')}>{person.phone}</Row>
        <Row label={t('site')}>{siteName(person.siteId)}</Row>
        {(fields.data ?? []).map(({ key, label }) => (
          <Row key={key} label={label}>
            {person.customFields[key]}
          </Row>
        ))}
        {person.extendedDoorTime && <Row label={t('doorTime')}>{t('extendedDoorTime')}</Row>}
        <Row label={t('lastGranted')}>
          {person.lastGrantedAt ? formats.dateTime(person.lastGrantedAt) : t('never')}
        </Row>
        <Row label={t('added')}>{formats.dateTime(person.createdAt)}</Row>
      </dl>
    </Card>
  );
}

/** One detail; nothing when it is not known. */
function Row({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <div className="contents">
      <dt className="text-xs leading-5 text-ink-faint">{label}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}

function Groups({ person }: { readonly person: Person }) {
  const t = useTranslations('person');
  const may = useMay();
  if (person.groups.length === 0) return <Badge tone="caution">{t('noGroups')}</Badge>;
  return (
    <span className="flex flex-wrap gap-1">
      {person.groups.map(({ id, name }) =>
        may('access:read') ? (
          <Link key={id} href={`/access/groups?id=${id}`} className="rounded-full hover:opacity-80">
            <Badge tone="accent">{name}</Badge>
          </Link>
        ) : (
          <Badge key={id}>{name}</Badge>
        ),
      )}
    </span>
  );
}
