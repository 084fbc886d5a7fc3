import type { ReactNode } from 'react';
import { AccessTabs } from '@/features/access/access-tabs';

export default function AccessLayout({ children }: { readonly children: ReactNode }) {
  return <AccessTabs>{children}</AccessTabs>;
}
