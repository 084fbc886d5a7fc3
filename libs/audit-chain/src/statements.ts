import { sign, verify } from 'node:crypto';
import { canonical } from './canonical';
import { importPublicKey, type SigningKey } from './keys';

/** What a deployment says of its account at one moment. */
export interface CheckpointStatement {
  /** The chain's id. */
  readonly deployment: string;
  /** How many entries there were: the position of the last. */
  readonly position: number;
  /** Over all of them, hexadecimal. */
  readonly hash: string;
  readonly at: string;
  readonly keyId: string;
}

/** What is said of an export as a whole. */
export interface ExportStatement extends CheckpointStatement {
  readonly count: number;
  /** SHA-256 of the file's first line, without its end, hexadecimal. */
  readonly headerHash: string;
}

/** Signs a checkpoint with Ed25519 over its RFC 8785 form with a purpose. @returns 64 bytes, hexadecimal */
export function signCheckpoint(key: SigningKey, statement: CheckpointStatement): string {
  return signed(key, 'munjigi-audit-checkpoint/1', checkpointOf(statement));
}

/** Whether a checkpoint was signed by the holder of that key. A signature or key that cannot be read was not. */
export function isCheckpointSigned(
  publicKey: string,
  statement: CheckpointStatement,
  signature: string,
): boolean {
  return isSigned(publicKey, 'munjigi-audit-checkpoint/1', checkpointOf(statement), signature);
}

/** Signs the end of an export likewise, for a purpose of its own. */
export function signExport(key: SigningKey, statement: ExportStatement): string {
  return signed(key, 'munjigi-audit-export/1', exportOf(statement));
}

/** Whether an export was signed by the holder of that key. */
export function isExportSigned(publicKey: string, statement: ExportStatement, signature: string): boolean {
  return isSigned(publicKey, 'munjigi-audit-export/1', exportOf(statement), signature);
}

function checkpointOf({ deployment, position, hash, at, keyId }: CheckpointStatement): object {
  return { deployment, position, hash, at, keyId };
}

function exportOf(statement: ExportStatement): object {
  return {
    ...checkpointOf(statement),
    count: statement.count,
    headerHash: statement.headerHash,
  };
}

function signed(key: SigningKey, purpose: string, statement: object): string {
  const bytes = Buffer.from(canonical({ purpose, ...statement }), 'utf8');
  return sign(null, bytes, key.privateKey).toString('hex');
}

function isSigned(publicKey: string, purpose: string, statement: object, signature: string): boolean {
  const bytes = Buffer.from(canonical({ purpose, ...statement }), 'utf8');
  try {
    return verify(null, bytes, importPublicKey(publicKey), Buffer.from(signature, 'hex'));
  } catch {
    return false;
  }
}
