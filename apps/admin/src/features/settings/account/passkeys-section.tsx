'use client';

import type { passkeySchema } from '@munjigi/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Pencil, Plus, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { ErrorNotice } from '@/components/ui/error-notice';
import { Skeleton } from '@/components/ui/skeleton';
import { useToaster } from '@/components/ui/toast';
import { useFormats } from '@/lib/hooks/use-formats';
import { lazyPart } from '@/lib/lazy-part';
import { passkeysPossible } from '@/lib/passkeys/passkeys';
import { accountApi, accountKeys } from '../../auth/account-api';
import { useConfirmedMutation } from '../../auth/step-up';
import { Section, SectionRow } from '../section';

const AddPasskeyDialog = lazyPart(() => import('./passkey-dialogs').then((m) => m.AddPasskeyDialog));
const RenamePasskeyDialog = lazyPart(() => import('./passkey-dialogs').then((m) => m.RenamePasskeyDialog));

type Passkey = z.infer<typeof passkeySchema>;

/** One's own passkeys. */
export function PasskeysSection() {
  const t = useTranslations('account');
  const passkeys = useQuery({ queryKey: accountKeys.passkeys, queryFn: accountApi.passkeys });
  const [adding, setAdding] = useState(false);
  const [possible, setPossible] = useState(true);
  useEffect(() => setPossible(passkeysPossible(window.location.hostname)), []);
  const items = passkeys.data?.items;
  return (
    <Section
      title={t('passkeys.title')}
      hint={t(possible ? 'passkeys.hint' : 'passkeys.impossible')}
      action={
        possible && (
          <Button onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t('passkeys.add')}
          </Button>
        )
      }
    >
      {passkeys.isError && !items && (
        <ErrorNotice error={passkeys.error} onRetry={() => void passkeys.refetch()} />
      )}
      {passkeys.isPending && <Skeleton className="m-4 h-8" />}
      {items?.length === 0 && <p className="px-4 py-3 text-sm text-ink-faint">{t('passkeys.empty')}</p>}
      {items && items.length > 0 && (
        <ul aria-label={t('passkeys.title')}>
          {items.map((passkey) => (
            <PasskeyRow key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {adding && <AddPasskeyDialog onClose={() => setAdding(false)} />}
    </Section>
  );
}

function PasskeyRow({ passkey }: { readonly passkey: Passkey }) {
  const t = useTranslations('account');
  const formats = useFormats();
  const [open, setOpen] = useState<'none' | 'renaming' | 'removing'>('none');
  const close = () => setOpen('none');
  const { name, createdAt, lastUsedAt, backedUp } = passkey;
  return (
    <SectionRow
      as="li"
      icon={<KeyRound />}
      title={
        <>
          {name}
          {backedUp && <Badge>{t('passkeys.backedUp')}</Badge>}
        </>
      }
      note={
        lastUsedAt
          ? t('passkeys.used', { date: formats.date(createdAt), used: formats.dateTime(lastUsedAt) })
          : t('passkeys.unused', { date: formats.date(createdAt) })
      }
    >
      <Button
        variant="ghost"
        size="icon"
        aria-label={t('passkeys.rename', { name })}
        onClick={() => setOpen('renaming')}
      >
        <Pencil aria-hidden />
      </Button>
      <Button
        variant="ghost"
        size="icon"
        aria-label={t('passkeys.remove', { name })}
        onClick={() => setOpen('removing')}
      >
        <Trash2 aria-hidden />
      </Button>
      {open === 'renaming' && <RenamePasskeyDialog id={passkey.id} name={name} onClose={close} />}
      {open === 'removing' && <RemoveDialog passkey={passkey} onClose={close} />}
    </SectionRow>
  );
}

function RemoveDialog({ passkey, onClose }: { readonly passkey: Passkey; readonly onClose: () => void }) {
  const t = useTranslations('account');
  const toaster = useToaster();
  const cache = useQueryClient();
  const remove = useConfirmedMutation(
    () => accountApi.removePasskey(passkey.id),
    () => {
      void cache.invalidateQueries({ queryKey: accountKeys.passkeys });
      toaster.done(t('passkeys.removed', { name: passkey.name }));
      onClose();
    },
  );
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('passkeys.remove', { name: passkey.name })}
      description={t('passkeys.removeHint')}
      confirmLabel={t('passkeys.removeSubmit')}
      pending={remove.isPending}
      onConfirm={() => remove.mutate(undefined, { onError: toaster.failed })}
    />
  );
}
