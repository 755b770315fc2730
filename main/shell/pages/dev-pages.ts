/**
 * Pages from Vite's dev server, for development only.
 *
 * `npm run dev` names the server; the pages of `app://perch/` then come from it instead of `out/renderer`. Their
 * address stays the same, and so does the trust in them. A package uses no dev server.
 */
import { isAppUrl } from '../../ipc/trust.js';
import { contentPolicy, pageHeaders, type ServePage } from './scheme.js';

/** Vite's dev server on this computer. */
export interface DevServer {
  /** Base URL of the pages. */
  readonly pages: string;
  /** WebSocket URL of the change events. */
  readonly changes: string;
}

/** The server in `PERCH_DEV_SERVER`. null in a package, and for any value but a local port. */
export function devServer(env: NodeJS.ProcessEnv, isPackaged: boolean): DevServer | null {
  if (isPackaged) return null;
  const port = /^http:\/\/127\.0\.0\.1:(\d{1,5})$/.exec(env['PERCH_DEV_SERVER'] ?? '')?.[1];
  return port === undefined ? null : { pages: `http://127.0.0.1:${port}`, changes: `ws://127.0.0.1:${port}` };
}

/** Serves pages from the dev server. The policy is that of packages, plus the connection for change events. */
export function devPages(server: DevServer, ask: typeof fetch = fetch): ServePage {
  const policy = contentPolicy(`'self' ${server.changes}`);
  return async ({ method, url, headers: asked }) => {
    if (method !== 'GET' || !isAppUrl(url))
      return new Response(null, { status: 404, headers: pageHeaders(policy) });
    const { pathname, search } = new URL(url);
    // Join as text: as a URL, a path with two leading slashes would name another host.
    const answer = await ask(`${server.pages}${pathname}${search}`, {
      redirect: 'error',
      // Vite chooses module, style sheet or page by the `accept` header.
      headers: { accept: asked.get('accept') ?? '*/*' },
    });
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    return new Response(answer.body, {
      status: answer.status,
      headers: { ...pageHeaders(policy), 'content-type': type },
    });
  };
}
