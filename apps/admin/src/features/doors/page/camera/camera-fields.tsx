'use client';

import { VIEW_SIZES } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import type { ComponentProps, ReactNode } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import { CAMERA_KINDS, type CameraDraft } from './camera-draft';

type TextKey = {
  [K in keyof CameraDraft]: CameraDraft[K] extends string
    ? string extends CameraDraft[K]
      ? K
      : never
    : never;
}[keyof CameraDraft];

interface CameraFieldsProps {
  readonly draft: CameraDraft;
  readonly hasPassword: boolean;
  readonly readOnly: boolean;
  /** Paths of what cannot be. */
  readonly wrong: ReadonlySet<string>;
  readonly onChange: (change: Partial<CameraDraft>) => void;
}

/** Where a door's pictures come from, and how they are taken. */
export function CameraFields(props: CameraFieldsProps) {
  const t = useTranslations('camera');
  const { draft, readOnly, onChange } = props;
  return (
    <div className="grid gap-4">
      <Labelled label={t('kind')}>
        <Select
          label={t('kind')}
          value={draft.kind}
          disabled={readOnly}
          onChange={(kind) => onChange({ kind })}
          options={CAMERA_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          className="w-full"
        />
      </Labelled>
      {draft.kind === 'own' && <p className="text-sm text-ink-muted">{t('ownHint')}</p>}
      {draft.kind === 'rtsp' && <NetworkFields {...props} />}
      {(draft.kind === 'usb' || draft.kind === 'csi') && <LocalFields {...props} />}
      {(draft.kind === 'file' || draft.kind === 'folder') && (
        <>
          <Text {...props} name="filePath" path="source.path" />
          <Switch
            label={t('loop')}
            checked={draft.loop}
            disabled={readOnly}
            onChange={(loop) => onChange({ loop })}
          />
        </>
      )}
      {draft.kind !== 'own' && <StreamFields {...props} />}
    </div>
  );
}

function NetworkFields(props: CameraFieldsProps) {
  const t = useTranslations('camera');
  const { draft, hasPassword, readOnly, onChange } = props;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <Text {...props} name="address" path="source.address" />
        <Text {...props} name="port" path="source.port" inputMode="numeric" />
      </div>
      <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
        <Text {...props} name="path" path="source.path" hint={t('hint.path')} />
        <Labelled label={t('transport')}>
          <Select
            label={t('transport')}
            value={draft.transport}
            disabled={readOnly}
            onChange={(transport) => onChange({ transport })}
            options={[
              { value: 'tcp', label: 'TCP' },
              { value: 'udp', label: 'UDP' },
            ]}
            className="w-full"
          />
        </Labelled>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Text {...props} name="user" path="source.user" hint={t('hint.user')} />
        <Text
          {...props}
          name="password"
          path="source.password"
          type="password"
          autoComplete="new-password"
          hint={t(hasPassword ? 'hint.passwordKept' : 'hint.password')}
        />
      </div>
      {hasPassword && draft.password === '' && !readOnly && (
        <Switch
          label={t('forgetsPassword')}
          checked={draft.forgetsPassword}
          onChange={(forgetsPassword) => onChange({ forgetsPassword })}
        />
      )}
    </>
  );
}

function LocalFields(props: CameraFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-[1fr_6rem_6rem]">
      {props.draft.kind === 'usb' ? (
        <Text {...props} name="device" path="source.device" />
      ) : (
        <Text {...props} name="sensor" path="source.sensor" inputMode="numeric" />
      )}
      <Text {...props} name="width" path="source.resolution.width" inputMode="numeric" />
      <Text {...props} name="height" path="source.resolution.height" inputMode="numeric" />
    </div>
  );
}

function StreamFields(props: CameraFieldsProps) {
  const t = useTranslations('camera');
  const { draft, readOnly, onChange } = props;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Text
          {...props}
          name="framesPerSecondMax"
          path="framesPerSecondMax"
          inputMode="decimal"
          hint={t('hint.framesPerSecondMax')}
        />
        <Labelled label={t('viewSize')}>
          <Select
            label={t('viewSize')}
            value={draft.viewSize}
            disabled={readOnly}
            onChange={(viewSize) => onChange({ viewSize })}
            options={VIEW_SIZES.map((value) => ({ value, label: value.replace('x', ' × ') }))}
            className="w-full"
          />
        </Labelled>
        <Text {...props} name="dnnWidth" path="dnnResize.width" inputMode="numeric" hint={t('hint.dnn')} />
        <Text {...props} name="dnnHeight" path="dnnResize.height" inputMode="numeric" />
      </div>
      <Switch
        label={t('noticeFrozen')}
        hint={t('noticeFrozenHint')}
        checked={draft.noticeFrozen}
        disabled={readOnly}
        onChange={(noticeFrozen) => onChange({ noticeFrozen })}
      />
    </>
  );
}

interface TextProps
  extends CameraFieldsProps, Pick<ComponentProps<'input'>, 'inputMode' | 'type' | 'autoComplete'> {
  readonly name: TextKey;
  readonly path: string;
  readonly hint?: string;
}

function Text({
  name,
  path,
  hint,
  draft,
  readOnly,
  wrong,
  onChange,
  inputMode,
  type,
  autoComplete,
}: TextProps) {
  const t = useTranslations('camera');
  return (
    <Field label={t(`field.${name}`)} hint={hint} error={wrong.has(path) ? t('invalid') : undefined}>
      {(ids) => (
        <Input
          {...ids}
          {...{ inputMode, type }}
          autoComplete={autoComplete ?? 'off'}
          spellCheck={false}
          maxLength={500}
          readOnly={readOnly}
          value={draft[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="grid content-start gap-1.5">
      <span aria-hidden className="text-sm font-medium">
        {label}
      </span>
      {children}
    </div>
  );
}
