import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { WhyPage } from '@/features/access/why/why-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('tab.why') };
}

export default function Page() {
  return <WhyPage />;
}
