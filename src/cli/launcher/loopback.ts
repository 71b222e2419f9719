import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const NAMES = ['localhost', '127.0.0.1', '[::1]'];

/**
 * On one's own machine `localhost` and `127.0.0.1` are the same portal, but a form sent from the one to
 * an ORIGIN of the other would be refused as foreign. Rewrites the headers of such a request, before the
 * application sees it, to the name that ORIGIN has. Only for an ORIGIN on this machine.
 */
export function treatLoopbackNamesAlike(origin: string): void {
  const { protocol, host, port } = new URL(origin);
  const hosts = new Set(NAMES.map((name) => (port ? `${name}:${port}` : name)));
  subscribe('http.server.request.start', (message) => {
    const { headers } = (message as { request: IncomingMessage }).request;
    if (!headers.host || !hosts.has(headers.host)) return;
    // The sender's own origin must be the very host it asks for: another port or name stays foreign.
    if (headers.origin === `${protocol}//${headers.host}`) headers.origin = `${protocol}//${host}`;
    headers.host = host;
  });
}
