/**
 * Development only: `npm run dev` names Vite's dev server, and the pages of `app://perch/` come from there instead of
 * `out/renderer`. Their address, and so who may speak to main, stays the same. A package asks no server.
 */
import { isAppUrl } from '../../ipc/trust.js';
import { contentPolicy, pageHeaders, type ServePage } from './scheme.js';

/** Vite's dev server on this computer. */
export interface DevServer {
  /** Where the pages are. */
  readonly pages: string;
  /** Where the pages are told what has changed. */
  readonly changes: string;
}

/** The server that `PERCH_DEV_SERVER` names; null in a package, and for anything but a port of this computer. */
export function devServer(env: NodeJS.ProcessEnv, isPackaged: boolean): DevServer | null {
  if (isPackaged) return null;
  const port = /^http:\/\/127\.0\.0\.1:(\d{1,5})$/.exec(env['PERCH_DEV_SERVER'] ?? '')?.[1];
  return port === undefined ? null : { pages: `http://127.0.0.1:${port}`, changes: `ws://127.0.0.1:${port}` };
}

/** Hands on what a page asks for, under the policy of packages but for the connection that tells of changes. */
export function devPages(server: DevServer, ask: typeof fetch = fetch): ServePage {
  const policy = contentPolicy(`'self' ${server.changes}`);
  return async ({ method, url, headers: asked }) => {
    if (method !== 'GET' || !isAppUrl(url))
      return new Response(null, { status: 404, headers: pageHeaders(policy) });
    const { pathname, search } = new URL(url);
    // Joined as text: a path that starts with two slashes would name another host.
    const answer = await ask(`${server.pages}${pathname}${search}`, {
      redirect: 'error',
      // Vite answers a module, a style sheet or a page by what is accepted.
      headers: { accept: asked.get('accept') ?? '*/*' },
    });
    const type = answer.headers.get('content-type') ?? 'application/octet-stream';
    return new Response(answer.body, {
      status: answer.status,
      headers: { ...pageHeaders(policy), 'content-type': type },
    });
  };
}
