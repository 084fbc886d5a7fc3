import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { WebhooksPage } from '@/features/settings/webhooks/webhooks-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('page.webhooks') };
}

export default function Page() {
  return <WebhooksPage />;
}
