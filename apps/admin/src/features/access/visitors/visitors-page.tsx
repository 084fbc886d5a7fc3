'use client';

import { Contact, UserRoundPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { ListPage } from '@/components/ui/list-page';
import { useUrlState } from '@/lib/hooks/use-url-state';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { localInputOf } from '../../events/event-filters';
import { type VisitorRow, useVisitors } from './visitors-api';
import { type VisitorAction, useVisitorColumns } from './visitors-columns';

const EndVisitDialog = lazyPart(() => import('./visit-dialogs').then((m) => m.EndVisitDialog));
const ExtendVisitDialog = lazyPart(() => import('./visit-dialogs').then((m) => m.ExtendVisitDialog));
const InviteDialog = lazyPart(() => import('./invite-dialog').then((m) => m.InviteDialog));

type Open = { readonly action: 'invite' } | { readonly action: VisitorAction; readonly visitor: VisitorRow };

/** Who is expected on a day, whom they visit, and whether a door has let them in. */
export function VisitorsPage() {
  const t = useTranslations('visitors');
  const mayWrite = useMay()('people:write');
  const [url, changeUrl] = useUrlState();
  const today = localInputOf(new Date().toISOString()).slice(0, 10);
  const asked = url.get('day') ?? '';
  const day = /^\d{4}-\d{2}-\d{2}$/.test(asked) ? asked : today;
  const visitors = useVisitors(day);
  const [open, setOpen] = useState<Open | null>(null);
  const act = useCallback((action: VisitorAction, visitor: VisitorRow) => setOpen({ action, visitor }), []);
  const columns = useVisitorColumns(mayWrite, act);
  const close = () => setOpen(null);
  return (
    <div
      role="region"
      aria-label={t('title')}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
    >
      <ListPage
        title={t('title')}
        hint={visitors.data ? t('total', { count: visitors.data.length }) : ''}
        columns={columns}
        query={visitors}
        empty={{ icon: <Contact />, title: t('empty'), hint: t('emptyHint') }}
        action={
          <div className="flex flex-wrap gap-2">
            <Input
              type="date"
              aria-label={t('day')}
              value={day}
              className="w-auto"
              onChange={(event) => changeUrl({ day: event.target.value })}
            />
            {mayWrite && (
              <Button variant="primary" onClick={() => setOpen({ action: 'invite' })}>
                <UserRoundPlus aria-hidden />
                {t('add')}
              </Button>
            )}
          </div>
        }
      >
        {open?.action === 'invite' && <InviteDialog day={day} onClose={close} />}
        {open?.action === 'extend' && <ExtendVisitDialog visitor={open.visitor} onClose={close} />}
        {open?.action === 'end' && <EndVisitDialog visitor={open.visitor} onClose={close} />}
      </ListPage>
    </div>
  );
}
