import { createPublicKey, webcrypto, type KeyObject } from 'node:crypto';
import type { ClientCertificate } from '../../ports/identity';

const ED25519 = { name: 'Ed25519' };
/** A certificate is made for one connection; a clock that is wrong by less does not shut the door out. */
const TOLERANCE_MS = 7 * 86_400_000;

/**
 * Makes an X.509 certificate that an Ed25519 key signs for itself, good from a week before to a week after a moment.
 * It says nothing but the key: whoever checks it has to know that.
 *
 * @param nowMs ms since 1970
 */
export async function makeCertificate(privateKey: KeyObject, nowMs: number): Promise<ClientCertificate> {
  // Only a door whose server speaks TLS needs them.
  await import('reflect-metadata');
  const { ExtendedKeyUsage, ExtendedKeyUsageExtension, X509CertificateGenerator } =
    await import('@peculiar/x509');
  const { subtle } = webcrypto;
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Munjigi door',
    notBefore: new Date(nowMs - TOLERANCE_MS),
    notAfter: new Date(nowMs + TOLERANCE_MS),
    signingAlgorithm: ED25519,
    keys: {
      privateKey: await subtle.importKey('pkcs8', pkcs8, ED25519, false, ['sign']),
      publicKey: await subtle.importKey('spki', spki, ED25519, true, ['verify']),
    },
    extensions: [new ExtendedKeyUsageExtension([ExtendedKeyUsage.clientAuth])],
  });
  return {
    cert: certificate.toString('pem'),
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
  };
}
