import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AdministratorsPage } from '@/features/settings/administrators/administrators-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('page.administrators') };
}

export default function Page() {
  return <AdministratorsPage />;
}
