import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AreasPage } from '@/features/access/areas/areas-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('tab.areas') };
}

export default function Page() {
  return <AreasPage />;
}
