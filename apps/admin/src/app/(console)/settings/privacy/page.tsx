import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PrivacyPage } from '@/features/settings/privacy/privacy-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('page.privacy') };
}

export default function Page() {
  return <PrivacyPage />;
}
