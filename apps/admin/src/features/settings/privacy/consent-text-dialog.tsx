'use client';

import { type consentTextSchema, createConsentTextRequestSchema } from '@munjigi/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { z } from 'zod';
import { Field } from '@/components/ui/field';
import { FormDialog } from '@/components/ui/form-dialog';
import { Textarea } from '@/components/ui/textarea';
import { useToaster } from '@/components/ui/toast';
import { privacyApi, privacyKeys } from './privacy-api';

interface ConsentTextDialogProps {
  /** What the new version begins with; undefined where there is none yet. */
  readonly latest: z.infer<typeof consentTextSchema> | undefined;
  readonly onClose: () => void;
}

const LANGUAGES = ['ko', 'en'] as const;

/** Writes a new version of what people consent to, in both languages; others that there were are kept. */
export function ConsentTextDialog({ latest, onClose }: ConsentTextDialogProps) {
  const t = useTranslations('privacy');
  const common = useTranslations('common');
  const toaster = useToaster();
  const cache = useQueryClient();
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({
    ...{ ko: '', en: '' },
    ...latest?.texts,
  });
  const [tried, setTried] = useState(false);
  const parsed = createConsentTextRequestSchema.safeParse({ texts });
  const add = useMutation({
    mutationFn: privacyApi.addText,
    onSuccess: ({ version }) => {
      void cache.invalidateQueries({ queryKey: privacyKeys.texts });
      toaster.done(t('added', { version }));
      onClose();
    },
  });
  return (
    <FormDialog
      title={t('addText')}
      description={t('addHint')}
      submitLabel={common('save')}
      action={add}
      onSubmit={() => {
        setTried(true);
        if (parsed.success) add.mutate(parsed.data);
      }}
      onClose={onClose}
      wide
    >
      {LANGUAGES.map((language) => (
        <Field
          key={language}
          label={t(language === 'ko' ? 'inKorean' : 'inEnglish')}
          error={tried && texts[language]?.trim() === '' ? t('textMissing') : undefined}
        >
          {(ids) => (
            <Textarea
              {...ids}
              lang={language}
              rows={7}
              maxLength={20_000}
              value={texts[language] ?? ''}
              onChange={(event) => setTexts({ ...texts, [language]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </FormDialog>
  );
}
