import { FaceCoreError } from '../errors';
import { readVerified } from './files';
import { readLock, selectEntries, type LockedDetector } from './lock';
import { networkFile, type StoreOptions } from './store';

/** The detector's networks in `models.lock.json`. */
const NETWORK_IDS = { propose: 'mtcnn-pnet', refine: 'mtcnn-rnet', output: 'mtcnn-onet' } as const;

/**
 * Reads one of the detector's networks, whose every byte is as the lock says.
 *
 * @throws {FaceCoreError} `models/missing`, `models/corrupt`, `models/bad-lock`
 */
export async function readDetectorStage(
  stage: keyof typeof NETWORK_IDS,
  options: Omit<StoreOptions, 'only'>,
): Promise<{ card: LockedDetector; bytes: Uint8Array }> {
  const id = NETWORK_IDS[stage];
  const [entry] = selectEntries(readLock(options.lockPath), [id]);
  if (entry?.kind !== 'detector') throw new FaceCoreError('models/bad-lock', `${id} is no detector.`);
  return { card: entry, bytes: await readVerified(networkFile(entry, options)) };
}
