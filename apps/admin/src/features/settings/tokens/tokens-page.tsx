'use client';

import type { ApiTokenView } from '@munjigi/contracts';
import { KeySquare, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { useMay } from '../../auth/use-may';
import { useTokens } from '../administration-api';
import { ListPage } from '@/components/ui/list-page';
import { lazyPart } from '@/lib/lazy-part';
import { useTokenColumns } from './tokens-columns';

const RevokeTokenDialog = lazyPart(() => import('./revoke-token-dialog').then((m) => m.RevokeTokenDialog));
const TokenDialog = lazyPart(() => import('./token-dialog').then((m) => m.TokenDialog));

/** What programs sign in with. */
export function TokensPage() {
  const t = useTranslations('tokens');
  const mayWrite = useMay()('tokens:write');
  const tokens = useTokens();
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<ApiTokenView | null>(null);
  const columns = useTokenColumns(mayWrite ? setRevoking : undefined);
  return (
    <ListPage
      title={t('title')}
      hint={t('hint')}
      columns={columns}
      query={tokens}
      empty={{ icon: <KeySquare />, title: t('empty'), hint: t('emptyHint') }}
      action={
        mayWrite && (
          <Button variant="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
            {t('add')}
          </Button>
        )
      }
    >
      {adding && <TokenDialog onClose={() => setAdding(false)} />}
      {revoking && <RevokeTokenDialog token={revoking} onClose={() => setRevoking(null)} />}
    </ListPage>
  );
}
