import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FirstRunPage } from '@/features/first-run/first-run-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('firstRun'))('title') };
}

export default function Page() {
  return <FirstRunPage />;
}
