'use client';

import type { Site } from '@munjigi/contracts';
import { Building2, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useSites } from '../../access/use-places';
import { useMay } from '../../auth/use-may';
import { ListPage } from '@/components/ui/list-page';
import { lazyPart } from '@/lib/lazy-part';
import { type SiteAction, useSiteColumns } from './sites-columns';

const DeleteSiteDialog = lazyPart(() => import('./delete-site-dialog').then((m) => m.DeleteSiteDialog));
const SiteDialog = lazyPart(() => import('./site-dialog').then((m) => m.SiteDialog));

/** The places with doors. */
export function SitesPage() {
  const t = useTranslations('sites');
  const may = useMay();
  const sites = useSites();
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<{ action: SiteAction; site: Site } | null>(null);
  const act = useCallback((action: SiteAction, site: Site) => setChosen({ action, site }), []);
  const columns = useSiteColumns(act);
  const close = () => setChosen(null);
  return (
    <ListPage
      title={t('title')}
      hint={t('hint')}
      columns={columns}
      query={sites}
      empty={{ icon: <Building2 />, title: t('empty'), hint: t('hint') }}
      action={
        may('sites:write', null) && (
          <Button variant="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        )
      }
    >
      {adding && <SiteDialog onClose={() => setAdding(false)} />}
      {chosen?.action === 'change' && <SiteDialog site={chosen.site} onClose={close} />}
      {chosen?.action === 'delete' && <DeleteSiteDialog site={chosen.site} onClose={close} />}
    </ListPage>
  );
}
