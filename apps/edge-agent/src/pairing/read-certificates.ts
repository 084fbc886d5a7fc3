import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { messageOf } from '../domain/agent-error';

/** Reads a file of certificates, PEM. @param path undefined or empty: there is none @returns them, or what is wrong */
export function readCertificates(path: string | undefined): { pem: string | null; problem: string | null } {
  if (!path) return { pem: null, problem: null };
  try {
    const pem = readFileSync(path, 'utf8');
    new X509Certificate(pem);
    return { pem, problem: null };
  } catch (error) {
    return { pem: null, problem: `${path} holds no certificate (PEM): ${messageOf(error)}` };
  }
}
