import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { LivePage } from '@/features/live/live-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('nav'))('live') };
}

export default function Page() {
  return <LivePage />;
}
