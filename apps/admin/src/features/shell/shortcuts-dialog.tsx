'use client';

import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import { usePages } from './navigation';

/** The keys that the console listens for. */
export function ShortcutsDialog(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations('shell');
  const nav = useTranslations('nav');
  const pages = usePages();
  const rows = [
    ...pages.map(({ name, key }) => ({ label: nav(name), keys: ['G', key.toUpperCase()] })),
    { label: t('shortcutSearch'), keys: ['/'] },
    { label: t('shortcutHelp'), keys: ['?'] },
    { label: t('shortcutClose'), keys: ['Esc'] },
  ];
  return (
    <Dialog {...props} title={t('shortcuts')}>
      <dl className="grid gap-1 px-5 pb-5">
        {rows.map(({ label, keys }) => (
          <div key={label} className="flex h-8 items-center justify-between border-b last:border-0">
            <dt className="text-ink-muted">{label}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
