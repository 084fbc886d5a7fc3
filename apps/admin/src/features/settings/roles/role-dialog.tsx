'use client';

import { type Permission, type Role, createRoleRequestSchema } from '@munjigi/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '@/components/ui/form-dialog';
import { TextField } from '@/components/ui/text-field';
import { useToaster } from '@/components/ui/toast';
import { useConfirmedMutation } from '../../auth/step-up';
import { useMay } from '../../auth/use-may';
import { administrationKeys, rolesApi } from '../administration-api';
import { PermissionsField } from '../permissions-field';

interface RoleDialogProps {
  /** What to change; undefined: a new role. */
  readonly role?: Role;
  readonly onClose: () => void;
}

/** Makes a role, or changes one that was made here. */
export function RoleDialog({ role, onClose }: RoleDialogProps) {
  const t = useTranslations('roles');
  const setup = useTranslations('setup');
  const common = useTranslations('common');
  const toaster = useToaster();
  const cache = useQueryClient();
  const may = useMay();
  const [name, setName] = useState(role?.name ?? '');
  const [permissions, setPermissions] = useState<ReadonlySet<Permission>>(new Set(role?.permissions));
  const [tried, setTried] = useState(false);
  const parsed = createRoleRequestSchema.safeParse({ name, permissions: [...permissions] });
  const isWrong = (field: string) => tried && !!parsed.error?.issues.some(({ path }) => path[0] === field);
  const save = useConfirmedMutation(
    (body: { name: string; permissions: Permission[] }) =>
      role ? rolesApi.update(role.id, body) : rolesApi.create(body),
    (saved) => {
      void cache.invalidateQueries({ queryKey: administrationKeys.roles });
      toaster.done(t('saved', { name: saved.name }));
      onClose();
    },
  );
  const submit = () => {
    setTried(true);
    if (parsed.success) save.mutate(parsed.data);
  };
  return (
    <FormDialog
      title={role ? t('changeRole', { name: role.name }) : t('add')}
      description={t('dialogHint')}
      submitLabel={common('save')}
      action={save}
      onSubmit={submit}
      onClose={onClose}
      wide
    >
      <TextField
        label={t('name')}
        error={isWrong('name') ? setup('nameMissing') : undefined}
        value={name}
        autoFocus
        maxLength={120}
        onChange={setName}
      />
      <PermissionsField
        value={permissions}
        onChange={setPermissions}
        isOffered={(permission) => may(permission, null)}
      />
      {isWrong('permissions') && (
        <p role="alert" className="text-xs text-denied">
          {t('permissionsMissing')}
        </p>
      )}
    </FormDialog>
  );
}
