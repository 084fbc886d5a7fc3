import { DoorClosed } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { HOME_PATH } from '@/lib/return-path';

export default function NotFoundPage() {
  const t = useTranslations('notFound');
  return (
    <main className="grid min-h-dvh place-items-center">
      <Notice
        icon={<DoorClosed />}
        title={t('title')}
        action={
          <Button asChild>
            <Link href={HOME_PATH}>{t('home')}</Link>
          </Button>
        }
      >
        {t('hint')}
      </Notice>
    </main>
  );
}
