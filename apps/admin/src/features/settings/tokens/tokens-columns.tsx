'use client';

import type { ApiTokenView } from '@munjigi/contracts';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import type { Column } from '@/components/ui/table';
import { useFormats } from '@/lib/hooks/use-formats';
import { useNow } from '@/lib/hooks/use-now';
import { useSiteName } from '../../access/use-places';

/** A token that ends within this is marked: whoever runs the program wants to know in time. */
const SOON_MS = 14 * 86_400_000;

/** The columns of the list of tokens. @param onRevoke undefined for those who may only look */
export function useTokenColumns(
  onRevoke: ((token: ApiTokenView) => void) | undefined,
): Column<ApiTokenView>[] {
  const t = useTranslations('tokens');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        cell: (token) => (
          <span className="block min-w-0">
            <span className="block truncate font-medium">{token.name}</span>
            <span className="block truncate text-xs text-ink-faint">
              <code>{t('shortened', { hint: token.hint })}</code>
              <span className="sm:hidden">
                {' '}
                <Ends token={token} />
              </span>
            </span>
          </span>
        ),
      },
      {
        id: 'scope',
        header: t('column.scope'),
        className: 'hidden w-1/4 md:table-cell',
        cell: (row) => <Scope token={row} />,
      },
      {
        id: 'by',
        header: t('column.by'),
        className: 'hidden w-1/5 truncate xl:table-cell text-ink-muted',
        cell: (row) => row.madeBy.email,
      },
      {
        id: 'used',
        header: t('column.used'),
        className: 'hidden w-40 lg:table-cell text-ink-muted tabular-nums',
        cell: (row) => <LastUsed token={row} />,
      },
      {
        id: 'ends',
        header: t('column.ends'),
        className: 'hidden w-36 sm:table-cell',
        cell: (row) => <Ends token={row} />,
      },
      {
        id: 'actions',
        header: <span className="sr-only">{t('column.actions')}</span>,
        className: 'w-14 pr-3 md:pr-5 text-right',
        cell: (token) =>
          onRevoke && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={t('revokeOf', { name: token.name })}
              onClick={() => onRevoke(token)}
            >
              <Trash2 aria-hidden />
            </Button>
          ),
      },
    ],
    [t, onRevoke],
  );
}

function Scope({ token: { permissions, siteIds } }: { readonly token: ApiTokenView }) {
  const t = useTranslations('tokens');
  const roles = useTranslations('roles');
  const siteName = useSiteName();
  const names = permissions.map((permission) => roles(`permission.${permission}`));
  return (
    <span className="block min-w-0">
      <span className="block truncate" title={names.join('\n')}>
        {names.join(', ')}
      </span>
      <span className="block truncate text-xs text-ink-faint">
        {siteIds === null ? t('whereMaker') : siteIds.map((id) => siteName(id)).join(', ')}
      </span>
    </span>
  );
}

function LastUsed({ token: { lastUsedAt, lastUsedFrom } }: { readonly token: ApiTokenView }) {
  const t = useTranslations('tokens');
  const formats = useFormats();
  if (lastUsedAt === null) return t('never');
  return (
    <time dateTime={lastUsedAt} title={[formats.full(lastUsedAt), lastUsedFrom].filter(Boolean).join(' · ')}>
      {formats.dateTime(lastUsedAt)}
    </time>
  );
}

function Ends({ token: { expiresAt } }: { readonly token: ApiTokenView }) {
  const t = useTranslations('tokens');
  const formats = useFormats();
  const leftMs = Date.parse(expiresAt) - useNow();
  const tone = leftMs <= 0 ? 'denied' : leftMs < SOON_MS ? 'caution' : 'plain';
  return (
    <Badge tone={tone} title={formats.full(expiresAt)}>
      {leftMs <= 0 ? t('ended') : formats.date(expiresAt)}
    </Badge>
  );
}
