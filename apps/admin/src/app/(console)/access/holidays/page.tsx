import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { HolidaysPage } from '@/features/access/holidays/holidays-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('tab.holidays') };
}

export default function Page() {
  return <HolidaysPage />;
}
