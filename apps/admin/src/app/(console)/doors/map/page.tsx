import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { MapPage } from '@/features/doors/map/map-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('floorPlans'))('title') };
}

export default function Page() {
  return <MapPage />;
}
