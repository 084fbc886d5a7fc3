import { differenceOf, lookAt, type LookedAt, type PictureLook } from './picture-look';

/** What may be wrong with a picture that arrives. */
export type PictureFault = 'frozen' | 'black' | 'covered';

const LOOK_EVERY_MS = 450;
/** For how long a picture must look wrong: with the last look, noticed well within 5 s. */
const WINDOW_MS = 3_700;
/** Looks further apart than this say nothing of what was in between. */
const GAP_MAX_MS = 2_500;

/** Luma of a picture with no light in it. Noise of a lens cap stays under these; a room at night with a lamp does not. */
const BLACK = { meanMax: 16, brightMax: 40 };
/** A scene has edges in a tenth of it or more; a hand, a sticker or paint before the lens has none. */
const COVERED_EDGES_MAX = 0.03;
/**
 * Mean differences of luma from look to look. A live sensor's noise makes more than `still` each time, unless a starved
 * compression takes it all away. A frozen picture that is compressed anew moves as well, at its key frames and while the
 * encoder improves it, but comes to rest in between, and never moves more than `calm`.
 */
const DIFFERENCE = { stillMax: 0.03, calmMax: 3 };
const STILL_SHARE = { begins: 0.35, goesOn: 0.2 };

interface Finding {
  readonly atMs: number;
  readonly black: boolean;
  readonly covered: boolean;
  /** Against the look before. */
  readonly still: boolean;
  readonly calm: boolean;
}

/**
 * Notices a picture that is frozen, black or covered, by a look about twice a second.
 *
 * It takes a while of wrong looks for a fault, and a second of right ones for its end, so that a passing hand or a light
 * that is switched raises nothing.
 */
export class PictureWatch {
  readonly #noticeFrozen: boolean;
  #last: PictureLook | null = null;
  #lastMs = Number.NEGATIVE_INFINITY;
  #beganMs = 0;
  #findings: Finding[] = [];
  #fault: PictureFault | null = null;

  /** @param options.noticeFrozen false for recordings: stills and drawn films have no noise. */
  constructor(options: { noticeFrozen: boolean }) {
    this.#noticeFrozen = options.noticeFrozen;
  }

  /** What is wrong as of the last look; null: nothing. */
  get fault(): PictureFault | null {
    return this.#fault;
  }

  /** Takes a picture, of which most are passed over. @param atMs monotonic @returns what is wrong now */
  take(picture: LookedAt, atMs: number): PictureFault | null {
    if (atMs - this.#lastMs < LOOK_EVERY_MS) return this.#fault;
    const look = lookAt(picture);
    const before = this.#last;
    if (!before || atMs - this.#lastMs > GAP_MAX_MS) {
      this.#findings = [];
      this.#beganMs = atMs;
    }
    const difference = before ? differenceOf(look, before) : Number.POSITIVE_INFINITY;
    this.#findings.push({
      atMs,
      black: look.mean <= BLACK.meanMax && look.bright <= BLACK.brightMax,
      covered: look.edges <= COVERED_EDGES_MAX,
      still: difference <= DIFFERENCE.stillMax,
      calm: difference <= DIFFERENCE.calmMax,
    });
    this.#findings = this.#findings.filter((finding) => atMs - finding.atMs <= WINDOW_MS);
    this.#last = look;
    this.#lastMs = atMs;
    this.#fault = this.#judge(atMs);
    return this.#fault;
  }

  #judge(atMs: number): PictureFault | null {
    const wrong = (kind: PictureFault): boolean =>
      this.#fault === kind ? this.#goesOn(kind, atMs) : this.#begins(kind, atMs);
    if (wrong('black')) return 'black';
    if (this.#noticeFrozen && wrong('frozen')) return 'frozen';
    return wrong('covered') ? 'covered' : null;
  }

  #begins(kind: PictureFault, atMs: number): boolean {
    if (atMs - this.#beganMs < WINDOW_MS) return false;
    const all = this.#findings;
    if (kind !== 'frozen') return all.every((finding) => finding[kind]);
    const still = all.filter((finding) => finding.still).length;
    return all.every(({ calm }) => calm) && still >= all.length * STILL_SHARE.begins;
  }

  #goesOn(kind: PictureFault, atMs: number): boolean {
    // After a pause there is little to go by, and nothing to say that it is over.
    const recent = this.#findings.slice(-2);
    if (kind !== 'frozen') return recent.length < 2 || recent.some((finding) => finding[kind]);
    if (!recent.every(({ calm }) => calm)) return false;
    const still = this.#findings.filter((finding) => finding.still).length;
    return atMs - this.#beganMs < WINDOW_MS || still >= this.#findings.length * STILL_SHARE.goesOn;
  }
}
