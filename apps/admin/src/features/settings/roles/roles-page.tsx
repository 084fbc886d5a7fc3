'use client';

import type { Role } from '@munjigi/contracts';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Skeleton } from '@/components/ui/skeleton';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../auth/use-may';
import { useRoles } from '../administration-api';
import { type RoleAction, RoleMatrix } from './role-matrix';

const DeleteRoleDialog = lazyPart(() => import('./delete-role-dialog').then((m) => m.DeleteRoleDialog));
const RoleDialog = lazyPart(() => import('./role-dialog').then((m) => m.RoleDialog));

/** Which role may do what. */
export function RolesPage() {
  const t = useTranslations('roles');
  // A role is of the whole organisation, whoever has it where.
  const mayWrite = useMay()('administrators:write', null);
  const roles = useRoles();
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<{ action: RoleAction; role: Role } | null>(null);
  const close = () => setChosen(null);
  return (
    <div className="flex h-full min-h-96 flex-col">
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-4 md:px-6">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-base font-semibold tracking-tight">{t('title')}</h2>
          <p className="mt-0.5 text-sm text-ink-muted">{t('hint')}</p>
        </div>
        {mayWrite && (
          <Button variant="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        )}
      </header>
      {roles.isError && !roles.data && (
        <ErrorNotice error={roles.error} onRetry={() => void roles.refetch()} />
      )}
      {roles.isPending && (
        <div aria-busy className="grid gap-3 px-4 md:px-6">
          {Array.from({ length: 8 }, (_, row) => (
            <Skeleton key={row} className="h-5" />
          ))}
        </div>
      )}
      {roles.data && (
        <div
          role="region"
          aria-label={t('title')}
          tabIndex={0}
          className="relative min-h-0 flex-1 overflow-auto border-t focus-visible:-outline-offset-2"
        >
          <RoleMatrix
            roles={roles.data}
            onAction={mayWrite ? (action, role) => setChosen({ action, role }) : undefined}
          />
        </div>
      )}
      {adding && <RoleDialog onClose={() => setAdding(false)} />}
      {chosen?.action === 'change' && <RoleDialog role={chosen.role} onClose={close} />}
      {chosen?.action === 'delete' && <DeleteRoleDialog role={chosen.role} onClose={close} />}
    </div>
  );
}
