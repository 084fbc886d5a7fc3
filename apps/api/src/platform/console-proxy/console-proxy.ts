import { ServerResponse, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import type { NextFunction, Request, Response } from 'express';
import { createProxyMiddleware } from 'http-proxy-middleware';
import { unavailablePage } from './unavailable-page';

/** Whether a path is the server's own; everything else is the console's. */
export function isOwnPath(url: string): boolean {
  const path = url.split('?')[0] ?? '';
  return (
    path === '/api' || path.startsWith('/api/') || path === '/socket.io' || path.startsWith('/socket.io/')
  );
}

/** One front door for the browser: passes everything that is not the server's own on to the console. */
export interface ConsoleProxy {
  readonly middleware: (req: Request, res: Response, next: NextFunction) => void;
  /** Passes the console's own sockets on too, and ends the others that nobody serves. */
  readonly attach: (server: Server) => void;
}

/** @param consoleUrl where the console listens; without it, a page says that there is none. */
export function createConsoleProxy(consoleUrl: string | undefined): ConsoleProxy {
  const proxy =
    consoleUrl === undefined
      ? undefined
      : createProxyMiddleware<IncomingMessage, ServerResponse>({
          target: consoleUrl,
          xfwd: true,
          proxyTimeout: 60_000,
          on: {
            error: (_error, _req, res) => {
              if (!(res instanceof ServerResponse)) res.destroy();
              else if (res.headersSent) res.destroy();
              else sendUnavailable(res, 'not-answering');
            },
          },
        });
  return {
    middleware: (req, res, next) => {
      if (isOwnPath(req.url)) return next();
      if (proxy) void proxy(req, res, next);
      else sendUnavailable(res, 'not-configured');
    },
    attach: (server) => {
      server.on('upgrade', (req: IncomingMessage, socket: Socket, head: Buffer) => {
        const url = req.url ?? '/';
        if (url.startsWith('/socket.io/')) return;
        if (proxy && !isOwnPath(url)) proxy.upgrade(req, socket, head);
        else socket.destroy();
      });
    },
  };
}

function sendUnavailable(res: ServerResponse, reason: Parameters<typeof unavailablePage>[0]): void {
  res.writeHead(503, {
    'Content-Type': 'text/html; charset=utf-8',
    'Retry-After': '5',
    'Cache-Control': 'no-store',
  });
  res.end(unavailablePage(reason));
}
