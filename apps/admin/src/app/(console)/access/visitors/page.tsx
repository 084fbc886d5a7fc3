import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { VisitorsPage } from '@/features/access/visitors/visitors-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('visitors'))('title') };
}

export default function Page() {
  return <VisitorsPage />;
}
