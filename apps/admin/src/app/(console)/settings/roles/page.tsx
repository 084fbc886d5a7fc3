import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { RolesPage } from '@/features/settings/roles/roles-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('page.roles') };
}

export default function Page() {
  return <RolesPage />;
}
