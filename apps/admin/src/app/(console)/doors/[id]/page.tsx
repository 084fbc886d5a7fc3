import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { DoorPage } from '@/features/doors/page/door-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('door'))('title') };
}

export default async function Page({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  return <DoorPage id={(await params).id} />;
}
