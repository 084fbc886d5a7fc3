'use client';

import { LIVE_NAMESPACE } from '@munjigi/contracts';
import { type ReactNode, createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { LiveClient, type LiveStatus } from './live-client';

const LiveContext = createContext<LiveClient | null>(null);

interface LiveProviderProps {
  /** Connects once this holds. */
  readonly enabled: boolean;
  readonly children: ReactNode;
}

/** Keeps one live connection for all pages below it. */
export function LiveProvider({ enabled, children }: LiveProviderProps) {
  const [client] = useState(() => new LiveClient(makeSocket));
  useEffect(() => {
    if (!enabled) return;
    client.start();
    return () => client.stop();
  }, [client, enabled]);
  return <LiveContext value={client}>{children}</LiveContext>;
}

/** The live connection. @throws outside {@link LiveProvider} */
export function useLive(): LiveClient {
  const client = useContext(LiveContext);
  if (!client) throw new Error('There is no live connection outside LiveProvider.');
  return client;
}

/** How the live connection stands. */
export function useLiveStatus(): LiveStatus {
  const client = useLive();
  return useSyncExternalStore(
    (listener) => client.statusChanged.add(listener),
    () => client.status,
    () => 'connecting',
  );
}

/** Its code is asked for with the first connection, which no page waits for. */
async function makeSocket() {
  const { io } = await import('socket.io-client');
  return io(LIVE_NAMESPACE, {
    path: '/socket.io',
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
    randomizationFactor: 0.5,
    timeout: 10_000,
  });
}
