'use client';

import type { FloorPlan } from '@munjigi/contracts';
import { Ellipsis, PencilLine, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmAction } from '@/components/ui/confirm-action';
import { Menu, MenuItem } from '@/components/ui/menu';
import { NameDialog } from '../../settings/name-dialog';
import { floorPlansApi, useChangePlans } from './floor-plans-api';

/** What else can be done with a plan. */
export function PlanMenu({ plan }: { readonly plan: FloorPlan }) {
  const t = useTranslations('floorPlans');
  const common = useTranslations('common');
  const [asked, setAsked] = useState<'rename' | 'remove' | null>(null);
  const close = () => setAsked(null);
  const rename = useChangePlans((name: string) => floorPlansApi.rename(plan.id, name), close);
  const remove = useChangePlans<void, void>(() => floorPlansApi.remove(plan.id), close);
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" size="icon" aria-label={t('actionsOf', { name: plan.name })}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={() => setAsked('rename')}>
          <PencilLine aria-hidden />
          {t('rename')}
        </MenuItem>
        <MenuItem onSelect={() => setAsked('remove')}>
          <Trash2 aria-hidden />
          {t('remove')}
        </MenuItem>
      </Menu>
      {asked === 'rename' && (
        <NameDialog
          title={t('rename')}
          label={t('name')}
          initial={plan.name}
          submitLabel={common('save')}
          action={rename}
          onClose={close}
        />
      )}
      {asked === 'remove' && (
        <ConfirmAction
          title={t('removeTitle', { name: plan.name })}
          description={t('removeHint')}
          confirmLabel={t('remove')}
          action={remove}
          onClose={close}
        />
      )}
    </>
  );
}
