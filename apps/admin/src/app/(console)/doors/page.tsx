import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DoorsPage } from '@/features/doors/page/doors-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('nav'))('doors') };
}

export default function Page() {
  return <DoorsPage />;
}
