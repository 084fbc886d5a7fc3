import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { TokensPage } from '@/features/settings/tokens/tokens-page';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('settings'))('page.tokens') };
}

export default function Page() {
  return <TokensPage />;
}
