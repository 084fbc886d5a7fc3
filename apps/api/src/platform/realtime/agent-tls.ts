import { X509Certificate } from 'node:crypto';
import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import { createServer, type Server as HttpsServer } from 'node:https';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Server } from 'socket.io';

/** DER of an Ed25519 public key up to its 32 bytes: RFC 8410, section 4. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** The one request that a device sends there beside its connection: it has no key that is known yet. */
const PAIRING_PATH = '/api/agents/pair';

/** The listener for agents alone; without a port there is none. */
export class AgentTlsOptions {
  constructor(
    readonly listener: {
      readonly host: string;
      readonly port: number;
      /** Paths of PEM files: the server's certificate with what leads to its root, and its key. */
      readonly certificateFile: string;
      readonly keyFile: string;
    } | null = null,
    /** Whether agents are let in there alone. */
    readonly required = false,
  ) {}
}

/** Whether a connection came over TLS to the listener for agents: no other listener here speaks TLS. */
export function isOverAgentTls(request: IncomingMessage): boolean {
  return request.socket instanceof TLSSocket;
}

/**
 * The Ed25519 key of the certificate that a peer has proved in the TLS handshake, 32 bytes; null where it has shown
 * none, one of another kind of key, one that is not signed by its own key, or one that is not valid at this moment.
 */
export function certifiedKeyOf(request: IncomingMessage, nowMs = Date.now()): Buffer | null {
  if (!(request.socket instanceof TLSSocket)) return null;
  const certificate = request.socket.getPeerX509Certificate();
  return certificate ? keyOf(certificate, nowMs) : null;
}

function keyOf(certificate: X509Certificate, nowMs: number): Buffer | null {
  const { publicKey, validFrom, validTo } = certificate;
  const isValid = Date.parse(validFrom) <= nowMs && nowMs <= Date.parse(validTo);
  if (!isValid || publicKey.asymmetricKeyType !== 'ed25519' || !certificate.verify(publicKey)) return null;
  return publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI_PREFIX.length);
}

/**
 * Listens for agents over TLS 1.3 and asks each for a certificate. It passes WebSocket connections on to the sockets,
 * and pairing to the application; whatever else is asked there does not exist. Whose certificate it is, the namespace
 * decides.
 *
 * @returns once it listens
 * @throws when the files cannot be read or used, or the port is taken
 */
export async function listenForAgents(
  { host, port, certificateFile, keyFile }: NonNullable<AgentTlsOptions['listener']>,
  { sockets, app }: { readonly sockets: Server; readonly app: HttpServer },
): Promise<AgentListener> {
  const server = createServer({
    cert: readFileSync(certificateFile),
    key: readFileSync(keyFile),
    minVersion: 'TLSv1.3',
    requestCert: true,
    // Certificates of devices are signed by themselves: what counts is whose key it is.
    rejectUnauthorized: false,
  });
  server.on('request', (request, response) => {
    if (request.url === PAIRING_PATH) app.emit('request', request, response);
    else refuse(response);
  });
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith('/socket.io/')) sockets.engine.handleUpgrade(request, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return new AgentListener(server);
}

/** The listener for agents while it listens. */
export class AgentListener {
  constructor(private readonly server: HttpsServer) {}

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Takes no more connections, and ends those that there are. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

function refuse(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('This address is for doors alone.\n');
}
