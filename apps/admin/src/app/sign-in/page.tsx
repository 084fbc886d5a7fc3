import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { SignInPage } from '@/features/auth/sign-in-page';
import { RETURN_PARAMETER, returnPath } from '@/lib/return-path';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('submit') };
}

/** Typed by hand: Next's generated `PageProps` exists only after a build, and lint must hold without one. */
interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: Props) {
  const asked = (await searchParams)[RETURN_PARAMETER];
  return <SignInPage returnTo={returnPath(typeof asked === 'string' ? asked : null)} />;
}
