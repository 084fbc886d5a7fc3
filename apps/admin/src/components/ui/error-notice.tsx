'use client';

import { RotateCw, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useErrorText } from '@/lib/api/use-error-text';
import { Button } from './button';
import { Notice } from './notice';

/** Fills the place of what could not be loaded: what went wrong, and a way to try again. */
export function ErrorNotice(props: {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly className?: string;
}) {
  const t = useTranslations('common');
  const { title, hint } = useErrorText()(props.error);
  return (
    <Notice
      role="alert"
      icon={<TriangleAlert />}
      title={title}
      className={props.className}
      action={
        <Button onClick={props.onRetry}>
          <RotateCw aria-hidden />
          {t('retry')}
        </Button>
      }
    >
      {hint}
    </Notice>
  );
}
