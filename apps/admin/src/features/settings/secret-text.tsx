'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';

interface SecretTextProps {
  readonly label: string;
  readonly value: string;
}

/** Something that is shown this once, to be copied. */
export function SecretText({ label, value }: SecretTextProps) {
  return (
    <div className="flex gap-2">
      <Input
        readOnly
        aria-label={label}
        value={value}
        className="font-mono"
        onFocus={(event) => event.target.select()}
      />
      <CopyButton value={value} />
    </div>
  );
}

/** Copies; nothing where the browser does not let pages do so, which is wherever the connection is not secure. */
export function CopyButton({ value }: { readonly value: string }) {
  const t = useTranslations('settings');
  const [possible, setPossible] = useState(false);
  const [copied, setCopied] = useState(false);
  // Asked after the first drawing: the server, which draws first, does not know.
  useEffect(() => setPossible('clipboard' in navigator), []);
  if (!possible) return null;
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setPossible(false),
    );
  return (
    <Button onClick={() => void copy()}>
      {copied ? <Check aria-hidden className="text-granted" /> : <Copy aria-hidden />}
      <span role="status">{copied ? t('copied') : t('copy')}</span>
    </Button>
  );
}
