import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SavedPage } from '@/features/reports/saved/saved-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reports'))('tab.saved') };
}

export default function Page() {
  return <SavedPage />;
}
