import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignInPage } from '@/features/auth/sign-in-page';
import { RETURN_PARAMETER, returnPath } from '@/lib/return-path';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('submit') };
}

export default async function Page({ searchParams }: PageProps<'/sign-in'>) {
  const asked = (await searchParams)[RETURN_PARAMETER];
  return <SignInPage returnTo={returnPath(typeof asked === 'string' ? asked : null)} />;
}
