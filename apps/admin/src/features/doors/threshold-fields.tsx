'use client';

import type { DoorRisk } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { Slider } from '@/components/ui/slider';
import {
  type ThresholdDraft,
  type ThresholdMode,
  doubtfulFrom,
  readSimilarity,
  stepOf,
} from './threshold-draft';
import { useRateTexts } from './use-rate-texts';

const MODES: readonly ThresholdMode[] = ['risk', 'hand', 'default'];

interface ThresholdFieldsProps {
  readonly draft: ThresholdDraft;
  readonly risk: DoorRisk;
  readonly onChange: (draft: ThresholdDraft) => void;
}

/** Chooses how a door gets its threshold, and the risk or the similarity of that way. */
export function ThresholdFields({ draft, risk, onChange }: ThresholdFieldsProps) {
  const t = useTranslations('doorSettings');
  return (
    <div className="grid gap-4">
      <div className="grid justify-items-start gap-1.5">
        <span aria-hidden className="text-sm font-medium">
          {t('mode')}
        </span>
        <Segmented
          label={t('mode')}
          value={draft.mode}
          options={MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
          onChange={(mode) => onChange({ ...draft, mode })}
        />
      </div>
      {draft.mode === 'risk' && (
        <RiskSlider
          risk={risk}
          fpirMax={draft.fpirMax}
          onChange={(fpirMax) => onChange({ ...draft, fpirMax })}
        />
      )}
      {draft.mode === 'hand' && (
        <Field
          label={t('byHand')}
          hint={t('byHandHint')}
          error={readSimilarity(draft.similarity) === null ? t('byHandInvalid') : undefined}
        >
          {(ids) => (
            <Input
              {...ids}
              inputMode="decimal"
              autoComplete="off"
              maxLength={8}
              className="max-w-32 tabular-nums"
              value={draft.similarity}
              onChange={({ target }) => onChange({ ...draft, similarity: target.value })}
            />
          )}
        </Field>
      )}
      {draft.mode === 'default' && <p className="text-sm text-ink-muted">{t('modelDefault')}</p>}
    </div>
  );
}

interface RiskSliderProps {
  readonly risk: DoorRisk;
  readonly fpirMax: number;
  readonly onChange: (fpirMax: number) => void;
}

function RiskSlider({ risk, fpirMax, onChange }: RiskSliderProps) {
  const t = useTranslations('doorSettings');
  const { oneIn } = useRateTexts();
  const legendId = useId();
  const step = stepOf(fpirMax, risk);
  const doubtful = doubtfulFrom(risk);
  const at = (index: number) => oneIn(risk.risks.at(index)!.fpirMax);
  return (
    <div className="grid gap-1.5">
      <p className="flex items-baseline justify-between gap-3">
        <span className="text-sm font-medium">{t('risk')}</span>
        <output className="text-base font-semibold tabular-nums">{at(step)}</output>
      </p>
      <Slider
        label={t('risk')}
        value={step}
        stepMax={risk.risks.length - 1}
        valueText={at(step)}
        doubtfulFrom={doubtful}
        aria-describedby={legendId}
        onChange={(next) => onChange(risk.risks[next]!.fpirMax)}
      />
      <p aria-hidden className="flex justify-between text-2xs text-ink-faint tabular-nums">
        <span>{at(0)}</span>
        <span>{at(-1)}</span>
      </p>
      <p id={legendId} className="text-xs text-ink-faint">
        {t('riskHint')}
        {doubtful !== undefined && ` ${t('hatched')}`}
      </p>
    </div>
  );
}
