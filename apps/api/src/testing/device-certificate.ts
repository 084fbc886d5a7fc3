import { webcrypto, type KeyObject } from 'node:crypto';
import 'reflect-metadata';
import { X509CertificateGenerator } from '@peculiar/x509';

const ED25519 = { name: 'Ed25519' };
const DAY_MS = 86_400_000;

/** A certificate of an Ed25519 key, and the key to prove it with. */
export interface ClientCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that a device's key has signed for itself. @param daysLeft negative: it is over */
export async function deviceCertificate(
  pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  daysLeft = 1,
): Promise<ClientCertificate> {
  const der = pair.privateKey.export({ format: 'der', type: 'pkcs8' });
  const spki = pair.publicKey.export({ format: 'der', type: 'spki' });
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=device of a test',
    notBefore: new Date(Date.now() - 3 * DAY_MS),
    notAfter: new Date(Date.now() + daysLeft * DAY_MS),
    signingAlgorithm: ED25519,
    keys: {
      privateKey: await webcrypto.subtle.importKey('pkcs8', der, ED25519, false, ['sign']),
      publicKey: await webcrypto.subtle.importKey('spki', spki, ED25519, true, ['verify']),
    },
  });
  return {
    cert: certificate.toString('pem'),
    key: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string,
  };
}
