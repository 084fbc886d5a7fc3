import { redirect } from 'next/navigation';
import { HOME_PATH } from '@/lib/return-path';

export default function RootPage(): never {
  redirect(HOME_PATH);
}
