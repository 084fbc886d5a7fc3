'use client';

import type { DoorSettings } from '@munjigi/contracts';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Segmented } from '@/components/ui/segmented';

/** Of which visits a door keeps a picture. */
export type PicturePolicy = Pick<DoorSettings, 'eventPictures' | 'unknownFacePictures'>;

const LEVELS = ['none', 'denied', 'all'] as const;

interface EventPicturesFieldProps {
  readonly policy: PicturePolicy;
  readonly onChange: (policy: PicturePolicy) => void;
}

/** Chooses of which visits a door keeps a picture, and whether of strangers too. */
export function EventPicturesField({ policy, onChange }: EventPicturesFieldProps) {
  const t = useTranslations('doorSettings');
  const hintId = useId();
  const { eventPictures, unknownFacePictures } = policy;
  return (
    <div className="grid justify-items-start gap-1.5" aria-describedby={hintId}>
      <span aria-hidden className="text-sm font-medium">
        {t('eventPictures')}
      </span>
      <Segmented
        label={t('eventPictures')}
        value={eventPictures}
        options={LEVELS.map((value) => ({ value, label: t(`eventPicturesLevels.${value}`) }))}
        onChange={(next) => onChange({ ...policy, eventPictures: next })}
      />
      <p id={hintId} className="text-xs text-ink-faint">
        {t(`eventPicturesHints.${eventPictures}`)}
      </p>
      {eventPictures !== 'none' && (
        <Checkbox
          label={t('unknownFacePictures')}
          checked={unknownFacePictures}
          onChange={(next) => onChange({ ...policy, unknownFacePictures: next })}
        />
      )}
    </div>
  );
}
