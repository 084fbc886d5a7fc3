import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AlarmsPage } from '@/features/alarms/alarms-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('nav'))('alarms') };
}

export default function Page() {
  return <AlarmsPage />;
}
