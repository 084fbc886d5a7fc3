'use client';

import type { AdministratorView } from '@munjigi/contracts';
import { UserRoundPlus, UsersRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useMay } from '../../auth/use-may';
import { useSession } from '../../auth/use-session';
import { useAdministrators } from '../administration-api';
import { ListPage } from '@/components/ui/list-page';
import { lazyPart } from '@/lib/lazy-part';
import type { AdministratorAction } from './administrator-dialogs';
import { useAdministratorColumns } from './administrators-columns';

const AdministratorDialog = lazyPart(() =>
  import('./administrator-dialogs').then((m) => m.AdministratorDialog),
);
const InviteDialog = lazyPart(() => import('./invite-dialog').then((m) => m.InviteDialog));

/** Who may sign in, and what they may do. */
export function AdministratorsPage() {
  const t = useTranslations('administrators');
  const mayWrite = useMay()('administrators:write');
  const ownId = useSession().data?.administrator.id;
  const administrators = useAdministrators();
  const [inviting, setInviting] = useState(false);
  const [chosen, setChosen] = useState<{
    action: AdministratorAction;
    administrator: AdministratorView;
  } | null>(null);
  const act = useCallback(
    (action: AdministratorAction, administrator: AdministratorView) => setChosen({ action, administrator }),
    [],
  );
  const columns = useAdministratorColumns(ownId, mayWrite ? act : undefined);
  return (
    <ListPage
      title={t('title')}
      hint={t('hint')}
      columns={columns}
      query={administrators}
      empty={{ icon: <UsersRound />, title: t('empty'), hint: t('hint') }}
      action={
        mayWrite && (
          <Button variant="primary" onClick={() => setInviting(true)}>
            <UserRoundPlus aria-hidden />
            {t('invite')}
          </Button>
        )
      }
    >
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
      {chosen && <AdministratorDialog {...chosen} onClose={() => setChosen(null)} />}
    </ListPage>
  );
}
