'use client';

import type { Role } from '@munjigi/contracts';
import { Check, Ellipsis, Minus, Pencil, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { PERMISSION_GROUPS } from '../permission-groups';
import { useRoleName } from '../use-role-name';

/** What can be done with a role that was made here. */
export type RoleAction = 'change' | 'delete';

interface RoleMatrixProps {
  readonly roles: readonly Role[];
  /** Undefined for those who may only look. */
  readonly onAction: ((action: RoleAction, role: Role) => void) | undefined;
}

/** Which role may do what: a row for each permission, a column for each role. */
export function RoleMatrix({ roles, onAction }: RoleMatrixProps) {
  const t = useTranslations('roles');
  const held = new Map(roles.map(({ id, permissions }) => [id, new Set(permissions)]));
  return (
    <table aria-label={t('title')} className="w-full border-separate border-spacing-0 text-sm">
      <thead>
        <tr>
          <th
            scope="col"
            className="sticky top-0 left-0 z-20 min-w-40 border-b bg-paper px-4 py-2 text-left text-2xs font-medium text-ink-faint md:px-6"
          >
            {t('permissionColumn')}
          </th>
          {roles.map((role) => (
            <RoleHeader key={role.id} role={role} onAction={onAction} />
          ))}
        </tr>
      </thead>
      <tbody>
        {PERMISSION_GROUPS.map(({ name, permissions }) => (
          <Fragment key={name}>
            <tr>
              <th
                scope="colgroup"
                colSpan={roles.length + 1}
                className="border-b bg-surface px-4 py-1.5 text-left text-2xs font-medium text-ink-muted md:px-6"
              >
                <span className="sticky left-4 md:left-6">{t(`group.${name}`)}</span>
              </th>
            </tr>
            {permissions.map((permission) => (
              <tr key={permission} className="group">
                <th
                  scope="row"
                  className="sticky left-0 z-10 border-b bg-paper px-4 py-1.5 text-left font-normal group-hover:bg-hover md:px-6"
                >
                  {t(`permission.${permission}`)}
                </th>
                {roles.map((role) => (
                  <td key={role.id} className="border-b px-3 py-1.5 text-center group-hover:bg-hover/60">
                    <Holds holds={held.get(role.id)?.has(permission) === true} />
                  </td>
                ))}
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function Holds({ holds }: { readonly holds: boolean }) {
  const t = useTranslations('roles');
  return (
    <span className="inline-grid place-items-center">
      {holds ? (
        <Check aria-hidden className="size-4 text-granted" />
      ) : (
        <Minus aria-hidden className="size-3.5 text-line-strong" />
      )}
      <span className="sr-only">{t(holds ? 'yes' : 'no')}</span>
    </span>
  );
}

function RoleHeader({
  role,
  onAction,
}: {
  readonly role: Role;
  readonly onAction: RoleMatrixProps['onAction'];
}) {
  const t = useTranslations('roles');
  const name = useRoleName()(role);
  return (
    <th
      scope="col"
      className="sticky top-0 z-10 min-w-28 border-b bg-paper px-3 py-2 align-bottom font-medium"
    >
      <span className="flex items-center justify-center gap-1">
        <span className="text-xs">{name}</span>
        {onAction && role.key === null && (
          <Menu
            trigger={
              <Button variant="ghost" size="iconSm" aria-label={t('actionsFor', { name })}>
                <Ellipsis aria-hidden />
              </Button>
            }
          >
            <MenuItem onSelect={() => onAction('change', role)}>
              <Pencil aria-hidden />
              {t('change')}
            </MenuItem>
            <MenuItem danger onSelect={() => onAction('delete', role)}>
              <Trash2 aria-hidden />
              {t('delete')}
            </MenuItem>
          </Menu>
        )}
      </span>
      <span className="block text-2xs font-normal text-ink-faint">
        {t('holders', { count: role.administrators })}
      </span>
    </th>
  );
}
