'use client';

import type { Door } from '@munjigi/contracts';
import { BellRing, ChevronDown, Download, FileSearch, Lock, RotateCw } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useToaster } from '@/components/ui/toast';
import { lazyPart } from '@/lib/lazy-part';
import { useMay } from '../../../auth/use-may';
import { COMMANDS, TOLD_KINDS, type ToldKind } from './commands-api';
import { useTellDoor } from './use-door-commands';

const ReasonDialog = lazyPart(() => import('../../../access/reason-dialog').then((m) => m.ReasonDialog));

const ICONS = {
  identify: BellRing,
  lock: Lock,
  'collect-diagnostics': FileSearch,
  'update-models': Download,
  restart: RotateCw,
} as const;

/** What a door can be told to do once, by who may; nothing for who may nothing. */
export function TellMenu({ door }: { readonly door: Door }) {
  const t = useTranslations('doorCommands');
  const may = useMay();
  const [asked, setAsked] = useState<ToldKind | null>(null);
  const kinds = TOLD_KINDS.filter((kind) => may(COMMANDS[kind], door.site.id));
  if (kinds.length === 0) return null;
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" size="sm" disabled={!door.online}>
            {t('tell')}
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        {kinds.map((kind) => {
          const Icon = ICONS[kind];
          return (
            <MenuItem key={kind} onSelect={() => setAsked(kind)}>
              <Icon aria-hidden />
              {t(`kind.${kind}`)}
            </MenuItem>
          );
        })}
      </Menu>
      {asked && <TellDialog door={door} kind={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

interface TellDialogProps {
  readonly door: Door;
  readonly kind: ToldKind;
  readonly onClose: () => void;
}

function TellDialog({ door, kind, onClose }: TellDialogProps) {
  const t = useTranslations('doorCommands');
  const toaster = useToaster();
  const tell = useTellDoor(door, kind);
  return (
    <ReasonDialog
      title={t(`ask.${kind}`, { name: door.name })}
      description={t(`hint.${kind}`)}
      confirmLabel={t(`kind.${kind}`)}
      danger={kind === 'restart'}
      pending={tell.isPending}
      error={tell.error}
      onConfirm={(reason) =>
        tell.mutate(reason, {
          onSuccess: ({ state }) => {
            // What the door refused or failed stands in the journal, with why.
            if (state !== 'refused' && state !== 'failed')
              toaster.done(t(state === 'done' ? 'done' : 'told', { name: door.name }));
            onClose();
          },
        })
      }
      onClose={onClose}
    />
  );
}
