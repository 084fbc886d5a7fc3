import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LockdownPage } from '@/features/access/lockdowns/lockdown-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('tab.lockdown') };
}

export default function Page() {
  return <LockdownPage />;
}
