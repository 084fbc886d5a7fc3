'use client';

import type { CreateAdministratorRequest, RoleId, SiteId } from '@munjigi/contracts';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { useSites } from '../../access/use-places';
import { useRoles } from '../administration-api';
import { useRoleName } from '../use-role-name';

/** What is granted: a role at a site, or (null) in the whole organisation. */
export type Grants = CreateAdministratorRequest['grants'];

const EVERYWHERE = 'everywhere';

interface GrantsFieldProps {
  readonly value: Grants;
  readonly onChange: (grants: Grants) => void;
}

/** Chooses roles, each with where it holds. */
export function GrantsField({ value, onChange }: GrantsFieldProps) {
  const t = useTranslations('administrators');
  const roleName = useRoleName();
  const roles = useRoles().data ?? [];
  const sites = useSites().data ?? [];
  const replace = (index: number, part: Partial<Grants[number]>) =>
    onChange(value.map((grant, at) => (at === index ? { ...grant, ...part } : grant)));
  const first = roles[0];
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('grants')}</legend>
      {value.length === 0 && <p className="text-xs text-ink-faint">{t('noGrants')}</p>}
      {value.map(({ roleId, siteId }, index) => (
        // Grants have no name of their own, and their order is what is seen.
        <div key={index} className="flex gap-2">
          <Select<RoleId>
            label={t('roleOf', { count: index + 1 })}
            value={roleId}
            onChange={(next) => replace(index, { roleId: next })}
            options={roles.map((role) => ({ value: role.id, label: roleName(role) }))}
            className="min-w-0 flex-1"
          />
          <Select<SiteId | typeof EVERYWHERE>
            label={t('siteOf', { count: index + 1 })}
            value={siteId ?? EVERYWHERE}
            onChange={(next) => replace(index, { siteId: next === EVERYWHERE ? null : next })}
            options={[
              { value: EVERYWHERE, label: t('everywhere') },
              ...sites.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            className="min-w-0 flex-1"
          />
          <Button
            variant="ghost"
            size="icon"
            aria-label={t('removeGrant', { count: index + 1 })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <Button
        size="sm"
        className="justify-self-start"
        disabled={!first}
        onClick={() => first && onChange([...value, { roleId: first.id, siteId: null }])}
      >
        <Plus aria-hidden />
        {t('addGrant')}
      </Button>
    </fieldset>
  );
}
