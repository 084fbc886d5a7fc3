/** A key that this device made; the private half never leaves the identity. */
export interface OwnKey {
  /** Ed25519, 32 bytes, base64url. */
  readonly publicKey: string;
  /** SHA-256 of the public key, hexadecimal. */
  readonly fingerprint: string;
  /** An Ed25519 signature of a text, base64url. */
  sign(text: string): string;
  /** What proves the key in a TLS handshake, made anew. @param nowMs the time that the server has, ms since 1970 */
  certificate(nowMs: number): Promise<ClientCertificate>;
}

/** A certificate that a key signed for itself, and the key; PEM. For the TLS of this process alone. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** The door that this device is, at the server that it was paired with. */
export interface PairedDoor {
  readonly doorId: string;
  readonly serverId: string;
  /** Where the server was reached then; null of a pairing by an earlier version. */
  readonly serverUrl: string | null;
}

/** Who this device is. Every change is on the disk when its call returns. */
export interface Identity {
  /** Null until the device is paired. */
  readonly door: PairedDoor | null;
  /** The keys that may be good, the newest first; none until the device is paired. */
  readonly keys: readonly OwnKey[];
  /** The key that is to follow the present one; null when none was made. */
  readonly next: OwnKey | null;
  /** The key to pair with: the same until it was used or given up, so that a pairing that was cut off can go on. */
  pairingKey(): OwnKey;
  /** The server knows the pairing key: gives it up for another. */
  dropPairingKey(): void;
  /** The pairing key is the device's from now on, and no other. */
  paired(door: PairedDoor): void;
  /** Makes the key that is to follow the present one, unless there is one. */
  makeNext(): OwnKey;
  /** The server has not taken the next key, and will not. */
  dropNext(): void;
  /** The server has let a connection in by this key: one that was to follow is the present one now. */
  proved(fingerprint: string): void;
}
