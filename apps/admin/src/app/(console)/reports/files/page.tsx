import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { FilesPage } from '@/features/reports/exports/files-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reports'))('tab.files') };
}

export default function Page() {
  return <FilesPage />;
}
