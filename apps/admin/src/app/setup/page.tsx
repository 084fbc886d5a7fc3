import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SetupPage } from '@/features/auth/setup-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('setup'))('title') };
}

export default function Page() {
  return <SetupPage />;
}
