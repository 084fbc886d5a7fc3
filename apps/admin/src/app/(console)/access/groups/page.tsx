import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { GroupsPage } from '@/features/access/groups/groups-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access'))('tab.groups') };
}

export default function Page() {
  return <GroupsPage />;
}
