'use client';

import type { Permission } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox';
import { PERMISSION_GROUPS } from './permission-groups';

interface PermissionsFieldProps {
  readonly value: ReadonlySet<Permission>;
  readonly onChange: (permissions: ReadonlySet<Permission>) => void;
  /** Whether one may be given by whoever chooses: nobody gives what they do not hold. */
  readonly isOffered: (permission: Permission) => boolean;
}

/** Chooses permissions, by group. Those that cannot be given are shown only where they are held already. */
export function PermissionsField({ value, onChange, isOffered }: PermissionsFieldProps) {
  const t = useTranslations('roles');
  const toggle = (permission: Permission) => {
    const next = new Set(value);
    if (!next.delete(permission)) next.add(permission);
    onChange(next);
  };
  return (
    <div className="grid gap-4">
      {PERMISSION_GROUPS.map(({ name, permissions }) => {
        const shown = permissions.filter((permission) => isOffered(permission) || value.has(permission));
        if (shown.length === 0) return null;
        return (
          <fieldset key={name}>
            <legend className="mb-1 text-xs font-medium text-ink-faint">{t(`group.${name}`)}</legend>
            <div className="grid gap-x-4 sm:grid-cols-2">
              {shown.map((permission) => (
                <Checkbox
                  key={permission}
                  label={t(`permission.${permission}`)}
                  checked={value.has(permission)}
                  onChange={() => toggle(permission)}
                />
              ))}
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}
