/** How long a sign-in holds, and where passkeys belong. */
export class AuthOptions {
  constructor(
    /** A session ends this long after the sign-in, whatever is done in it; ms. */
    readonly sessionMs: number,
    /** A session ends this long after its last request, ms. */
    readonly sessionIdleMs: number,
    /** Dangerous changes want a sign-in, or a confirmation, no older than this; ms. */
    readonly stepUpMs: number,
    /** The console's own address as browsers have it, such as `https://munjigi.example`; else it is each request's. */
    readonly publicUrl?: string,
  ) {}
}
