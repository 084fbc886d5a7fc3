'use client';

import type { Door } from '@munjigi/contracts';
import { CircleCheck, LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { DialogFooter } from '@/components/ui/dialog';
import { Refusal } from '@/components/ui/refusal';
import { useNow } from '@/lib/hooks/use-now';
import { CopyButton } from '../settings/secret-text';
import { QrCode } from '@/components/ui/qr-code';

interface PairingCodeProps {
  readonly made: { readonly code: { code: string; expiresAt: string }; readonly madeAtMs: number };
  /** Undefined while a door that was just added is not listed. */
  readonly door: Door | undefined;
  /** Makes another code; this one ends. */
  readonly again: () => void;
  readonly isMaking: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
}

/** The one-time code, for as long as it is good, until the door's device has paired with it. */
export function PairingCode({ made, door, again, isMaking, error, onClose }: PairingCodeProps) {
  const t = useTranslations('devices');
  const nowMs = useNow();
  const leftMs = Math.max(0, Date.parse(made.code.expiresAt) - nowMs);
  const pairedAt = door?.device?.pairedAt ?? null;
  // The server's clock may differ from ours by a little; a pairing of long ago is no answer.
  const isPaired =
    door?.device?.state === 'paired' && pairedAt !== null && Date.parse(pairedAt) > made.madeAtMs - 5_000;
  const origin = typeof window === 'undefined' ? '' : window.location.origin;
  if (isPaired)
    return (
      <>
        <div role="status" className="grid justify-items-center gap-2 px-5 pt-4 pb-8 text-center">
          <CircleCheck aria-hidden className="size-10 text-granted" />
          <p className="text-base font-semibold">{t('paired', { door: door.name })}</p>
          <p className="text-sm text-ink-muted">{t('pairedHint')}</p>
          <p className="font-mono text-xs break-all text-ink-faint">{door.device?.fingerprint}</p>
        </div>
        <DialogFooter>
          <Button onClick={onClose}>{t('close')}</Button>
          <Button asChild variant="primary">
            <Link href={`/doors/${door.id}`}>{t('toDoor')}</Link>
          </Button>
        </DialogFooter>
      </>
    );
  return (
    <>
      <div className="grid gap-4 px-5 pt-1 pb-5">
        <div className="grid justify-items-center gap-3 rounded-xl border bg-surface px-4 py-5">
          <output
            aria-label={t('code')}
            className={`font-mono text-4xl font-semibold tracking-widest ${leftMs === 0 ? 'text-ink-faint line-through' : ''}`}
          >
            {made.code.code}
          </output>
          <p role={leftMs === 0 ? 'alert' : undefined} className="text-sm text-ink-muted tabular-nums">
            {leftMs === 0 ? t('ended') : t('left', { time: clockOf(leftMs) })}
          </p>
          {leftMs > 0 && (
            <>
              <QrCode
                label={t('qr')}
                text={`MUNJIGI_SERVER_URL=${origin}\nMUNJIGI_PAIRING_CODE=${made.code.code}`}
              />
              <CopyButton value={made.code.code} />
            </>
          )}
        </div>
        <ol className="grid list-decimal gap-1 pl-5 text-sm text-ink-muted">
          <li>{t('step.page')}</li>
          <li>{t('step.code', { server: origin })}</li>
          <li>{t('step.compare')}</li>
        </ol>
        <Refusal error={error} />
      </div>
      <DialogFooter>
        <p role="status" className="mr-auto flex items-center gap-2 text-xs text-ink-muted">
          {leftMs > 0 && (
            <>
              <LoaderCircle aria-hidden className="size-3.5 animate-spin" />
              {t('waiting')}
            </>
          )}
        </p>
        <Button pending={isMaking} onClick={again}>
          {t('again')}
        </Button>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogFooter>
    </>
  );
}

/** `14:03` */
function clockOf(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
