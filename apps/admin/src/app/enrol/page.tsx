import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { EnrolPage } from '@/features/enrolment/enrol-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('enrol'))('title') };
}

export default function Page() {
  return <EnrolPage />;
}
