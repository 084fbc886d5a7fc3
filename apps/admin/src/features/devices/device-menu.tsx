'use client';

import type { Door } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, KeyRound, Link2, Unlink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmAction } from '@/components/ui/confirm-action';
import { Menu, MenuItem } from '@/components/ui/menu';
import { useToaster } from '@/components/ui/toast';
import { queryKeys } from '@/lib/api/query-keys';
import { lazyPart } from '@/lib/lazy-part';
import { devicesApi } from './devices-api';

const ReasonDialog = lazyPart(() => import('../access/reason-dialog').then((m) => m.ReasonDialog));

interface DeviceMenuProps {
  readonly door: Door;
  readonly onPair: () => void;
}

/** What can be done with a door's device. */
export function DeviceMenu({ door, onPair }: DeviceMenuProps) {
  const t = useTranslations('devices');
  const [asked, setAsked] = useState<'revoke' | 'rotate' | null>(null);
  const isPaired = door.device?.state === 'paired';
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" size="iconSm" aria-label={t('actionsOf', { door: door.name })}>
            <Ellipsis aria-hidden />
          </Button>
        }
      >
        <MenuItem onSelect={onPair}>
          <Link2 aria-hidden />
          {t(isPaired ? 'pairAnother' : 'pair')}
        </MenuItem>
        <MenuItem disabled={!isPaired || !door.online} onSelect={() => setAsked('rotate')}>
          <KeyRound aria-hidden />
          {t('rotate')}
        </MenuItem>
        <MenuItem disabled={!isPaired} onSelect={() => setAsked('revoke')}>
          <Unlink aria-hidden />
          {t('revoke')}
        </MenuItem>
      </Menu>
      {asked === 'revoke' && <RevokeDialog door={door} onClose={() => setAsked(null)} />}
      {asked === 'rotate' && <RotateDialog door={door} onClose={() => setAsked(null)} />}
    </>
  );
}

interface DoorDialogProps {
  readonly door: Door;
  readonly onClose: () => void;
}

function RevokeDialog({ door, onClose }: DoorDialogProps) {
  const t = useTranslations('devices');
  const cache = useQueryClient();
  const toaster = useToaster();
  const revoke = useMutation({
    mutationFn: (reason: string) => devicesApi.revoke(door.id, reason),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: queryKeys.doors });
      toaster.done(t('revoked', { door: door.name }));
      onClose();
    },
  });
  return (
    <ReasonDialog
      danger
      title={t('revokeTitle', { door: door.name })}
      description={t('revokeHint')}
      confirmLabel={t('revoke')}
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={(reason) => revoke.mutate(reason)}
      onClose={onClose}
    />
  );
}

function RotateDialog({ door, onClose }: DoorDialogProps) {
  const t = useTranslations('devices');
  const toaster = useToaster();
  const rotate = useMutation({
    mutationFn: () => devicesApi.rotateKey(door.id),
    onSuccess: () => {
      toaster.done(t('rotated', { door: door.name }));
      onClose();
    },
  });
  return (
    <ConfirmAction
      title={t('rotateTitle', { door: door.name })}
      description={t('rotateHint')}
      confirmLabel={t('rotate')}
      action={rotate}
      onClose={onClose}
    />
  );
}
