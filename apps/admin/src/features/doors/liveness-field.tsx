'use client';

import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Segmented } from '@/components/ui/segmented';

/** How sure a door must be that a face is live, and the score that says so. */
const LEVELS = { off: null, usual: 0.5, strict: 0.8 } as const;

type Level = keyof typeof LEVELS;

interface LivenessFieldProps {
  /** A score, or null where it is not asked. */
  readonly livenessMin: number | null;
  readonly onChange: (livenessMin: number | null) => void;
}

/** Chooses whether a door asks for a live face. A score between the levels shows as the one below it. */
export function LivenessField({ livenessMin, onChange }: LivenessFieldProps) {
  const t = useTranslations('doorSettings');
  const hintId = useId();
  const level = levelOf(livenessMin);
  return (
    <div className="grid justify-items-start gap-1.5" aria-describedby={hintId}>
      <span aria-hidden className="text-sm font-medium">
        {t('liveness')}
      </span>
      <Segmented
        label={t('liveness')}
        value={level}
        options={(Object.keys(LEVELS) as Level[]).map((value) => ({
          value,
          label: t(`livenessLevels.${value}`),
        }))}
        onChange={(next) => onChange(LEVELS[next])}
      />
      <p id={hintId} className="text-xs text-ink-faint">
        {t(`livenessHints.${level}`)}
      </p>
    </div>
  );
}

function levelOf(livenessMin: number | null): Level {
  if (livenessMin === null) return 'off';
  return livenessMin < LEVELS.strict ? 'usual' : 'strict';
}
