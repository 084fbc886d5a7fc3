import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SchedulesPage } from '@/features/access/schedules/schedules-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('tab.schedules') };
}

export default function Page() {
  return <SchedulesPage />;
}
