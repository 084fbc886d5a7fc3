import {
  AGENT_PROTOCOL_VERSION,
  IMAGE_BYTES_MAX,
  imagesChunkAnswerSchema,
  imagesOfferAnswerSchema,
  type ImageStanding,
  type ImagesChunk,
  type ImagesOffer,
} from '@munjigi/contracts';
import type { Logger } from 'pino';
import { AgentError } from '../domain/agent-error';
import type { KeptPicture, PictureStore } from '../ports/picture-store';
import { reader, type Exchange } from './exchange';

/** What an upload works with. */
export interface UploadOptions {
  readonly exchange: Exchange;
  readonly pictures: PictureStore;
  /** Whether nothing that is more urgent waits. */
  readonly isFree: () => boolean;
  readonly log: Logger;
}

/** A second of a link of 64 kbit/s: so long an alarm may wait for a part that is on its way. */
const PART_BYTES = 8_192;
const PARTS_MAX = (2 * IMAGE_BYTES_MAX) / PART_BYTES;
const OFFERED_AT_ONCE = 20;

const readOffer = reader(imagesOfferAnswerSchema);
const readChunk = reader(imagesChunkAnswerSchema);

interface Opened {
  readonly kept: KeptPicture;
  readonly jpeg: Uint8Array;
}

/**
 * Sends the pictures that the server wants, each from where it stands there, and forgets those that it has or that
 * nobody may keep. Ends when there are none, or as soon as something more urgent waits.
 *
 * @throws {AgentError} as `Exchange.ask`
 */
export async function uploadImages(options: UploadOptions): Promise<void> {
  const { pictures, isFree, exchange } = options;
  while (isFree()) {
    const opened = await openSome(pictures);
    if (opened === null) return;
    if (opened.length === 0) continue;
    const images = opened.map(({ kept: { hash }, jpeg }) => ({ hash, sizeBytes: jpeg.length }));
    const offer: ImagesOffer = { v: AGENT_PROTOCOL_VERSION, images };
    const { images: standings } = await exchange.ask('images.offer', offer, readOffer);
    for (const [index, picture] of opened.entries()) {
      if (!(await sendRest(options, picture, standings[index]))) return;
    }
  }
}

/** @returns null when there is none; what cannot be read is gone, and is not among them */
async function openSome(pictures: PictureStore): Promise<Opened[] | null> {
  const some = await pictures.some(OFFERED_AT_ONCE);
  if (some.length === 0) return null;
  const opened: Opened[] = [];
  for (const kept of some) {
    const jpeg = await pictures.read(kept);
    if (jpeg && jpeg.length <= IMAGE_BYTES_MAX) opened.push({ kept, jpeg });
    else await pictures.forget(kept);
  }
  return opened;
}

/** @returns false when something more urgent came in between */
async function sendRest(
  { exchange, pictures, isFree, log }: UploadOptions,
  { kept, jpeg }: Opened,
  from: ImageStanding | undefined,
): Promise<boolean> {
  let standing: ImageStanding = from ?? { state: 'refused', nextByte: 0 };
  let parts = 0;
  while (standing.state === 'wanted') {
    // It may have to begin again in between, but not for ever.
    if (parts++ > PARTS_MAX)
      throw new AgentError('uplink/no-progress', 'The server takes no picture to its end.');
    if (!isFree()) return false;
    const { nextByte: fromByte } = standing;
    const bytes = Uint8Array.from(jpeg.subarray(fromByte, fromByte + PART_BYTES));
    const chunk: ImagesChunk = {
      ...{ v: AGENT_PROTOCOL_VERSION, hash: kept.hash, sizeBytes: jpeg.length },
      ...{ fromByte, bytes: bytes },
    };
    standing = await exchange.ask('images.chunk', chunk, readChunk);
  }
  await pictures.forget(kept);
  log.info({ hash: kept.hash, state: standing.state }, 'picture of an event handed over');
  return true;
}
