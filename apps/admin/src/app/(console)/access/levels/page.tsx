import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LevelsPage } from '@/features/access/levels/levels-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('tab.levels') };
}

export default function Page() {
  return <LevelsPage />;
}
