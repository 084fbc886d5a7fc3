'use client';

import type { AdministratorView } from '@munjigi/contracts';
import { KeyRound, Smartphone, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Avatar } from '@/components/ui/avatar';
import { Badge } from '@/components/ui/badge';
import type { Column } from '@/components/ui/table';
import { useFormats } from '@/lib/hooks/use-formats';
import { useRoleName } from '../use-role-name';
import type { AdministratorAction } from './administrator-dialogs';
import { AdministratorMenu } from './administrator-menu';

type Act = (action: AdministratorAction, administrator: AdministratorView) => void;

/** The columns of the list of administrators. @param onAction undefined for those who may only look */
export function useAdministratorColumns(
  ownId: string | undefined,
  onAction: Act | undefined,
): Column<AdministratorView>[] {
  const t = useTranslations('administrators');
  const formats = useFormats();
  return useMemo(
    () => [
      {
        id: 'who',
        header: t('column.who'),
        cell: (row) => <Who administrator={row} isOwn={row.id === ownId} />,
      },
      {
        id: 'roles',
        header: t('column.roles'),
        className: 'hidden w-1/4 sm:table-cell',
        cell: (row) => <Roles administrator={row} />,
      },
      {
        id: 'factors',
        header: t('column.factors'),
        className: 'hidden w-36 2xl:table-cell',
        cell: (row) => <Factors administrator={row} />,
      },
      {
        id: 'seen',
        header: t('column.seen'),
        className: 'hidden w-40 lg:table-cell text-ink-muted tabular-nums',
        cell: (original) =>
          original.lastSignInAt ? (
            <time dateTime={original.lastSignInAt} title={formats.full(original.lastSignInAt)}>
              {formats.dateTime(original.lastSignInAt)}
            </time>
          ) : (
            t('never')
          ),
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('column.actions')}</span>,
        className: 'w-14 pr-3 md:pr-5 text-right',
        cell: (row) =>
          onAction &&
          row.id !== ownId && (
            <AdministratorMenu administrator={row} onAction={(action) => onAction(action, row)} />
          ),
      },
    ],
    [t, formats, ownId, onAction],
  );
}

const STATUS_TONES = { active: 'granted', invited: 'accent', suspended: 'denied' } as const;

function Who({
  administrator,
  isOwn,
}: {
  readonly administrator: AdministratorView;
  readonly isOwn: boolean;
}) {
  const t = useTranslations('administrators');
  const { name, email, status } = administrator;
  return (
    <span className="flex items-center gap-3">
      <Avatar name={name ?? email} src={null} className="size-8" />
      <span className="min-w-0 flex-1">
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{name ?? email}</span>
          {isOwn && <Badge>{t('you')}</Badge>}
          {status !== 'active' && <Badge tone={STATUS_TONES[status]}>{t(`status.${status}`)}</Badge>}
        </span>
        {name && <span className="block truncate text-xs text-ink-faint">{email}</span>}
        <span className="mt-1 flex sm:hidden">
          <Roles administrator={administrator} />
        </span>
      </span>
    </span>
  );
}

function Roles({ administrator: { grants } }: { readonly administrator: AdministratorView }) {
  const t = useTranslations('administrators');
  const roleName = useRoleName();
  if (grants.length === 0) {
    return (
      <Badge tone="caution">
        <TriangleAlert aria-hidden />
        {t('noRole')}
      </Badge>
    );
  }
  return (
    <span className="flex flex-wrap gap-1">
      {grants.map(({ role, site }) => (
        <Badge key={`${role.id} ${site?.id}`}>
          {site ? t('roleAt', { role: roleName(role), site: site.name }) : roleName(role)}
        </Badge>
      ))}
    </span>
  );
}

function Factors({
  administrator: { secondFactor, passkeys },
}: {
  readonly administrator: AdministratorView;
}) {
  const t = useTranslations('administrators');
  if (!secondFactor && passkeys === 0) return <span className="text-ink-faint">{t('passwordAlone')}</span>;
  return (
    <span className="flex flex-wrap gap-1">
      {secondFactor && (
        <Badge tone="granted">
          <Smartphone aria-hidden />
          {t('authenticator')}
        </Badge>
      )}
      {passkeys > 0 && (
        <Badge tone="granted">
          <KeyRound aria-hidden />
          {t('passkeys', { count: passkeys })}
        </Badge>
      )}
    </span>
  );
}
