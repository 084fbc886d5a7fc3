import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { BuilderPage } from '@/features/reports/builder/builder-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reports'))('title') };
}

export default function Page() {
  return <BuilderPage />;
}
