import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SitesPage } from '@/features/settings/sites/sites-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('page.sites') };
}

export default function Page() {
  return <SitesPage />;
}
