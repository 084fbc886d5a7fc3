'use client';

import type { Account } from '@munjigi/contracts';
import { LockKeyhole } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { lazyPart } from '@/lib/lazy-part';
import { Section, SectionRow } from '../section';

const PasswordDialog = lazyPart(() => import('./password-dialog').then((m) => m.PasswordDialog));

/** Who one is, and the password. */
export function PasswordSection({ account }: { readonly account: Account }) {
  const t = useTranslations('account');
  const [changing, setChanging] = useState(false);
  return (
    <Section title={t('password.title')} hint={t('password.hint', { email: account.email })}>
      <SectionRow icon={<LockKeyhole />} title={account.name ?? account.email} note={t('password.note')}>
        <Button onClick={() => setChanging(true)}>{t('password.change')}</Button>
      </SectionRow>
      {changing && <PasswordDialog email={account.email} onClose={() => setChanging(false)} />}
    </Section>
  );
}
