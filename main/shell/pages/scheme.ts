/** The scheme of the windows' pages: `app://perch/main.html` is `out/renderer/main.html`. */
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';
import { appHost, appScheme, isAppUrl } from '../../ipc/trust.js';

/** Must be registered before Electron is ready. */
export const schemePrivileges: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Content security policy of the pages. `style-src` has 'unsafe-inline' because the terminal sets inline styles. */
export function contentPolicy(connect = "'none'"): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export function pageUrl(page: 'main' | 'popover'): string {
  return `${appScheme}://${appHost}/${page}.html`;
}

/**
 * The file of an address, below `root`; null for foreign hosts, unknown file types and paths outside the folder.
 *
 * Only plain names are accepted, so no path needs normalising.
 */
export function fileOf(root: string, address: string): string | null {
  if (!isAppUrl(address)) return null;
  const parts = new URL(address).pathname.split('/').slice(1);
  const plain = parts.every((part) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(part));
  if (!plain || types[extname(parts.at(-1) ?? '')] === undefined) return null;
  return join(root, ...parts);
}

/** Answers one request of a page. */
export type ServePage = (
  request: Pick<Request, 'method' | 'url' | 'headers'>,
) => Response | Promise<Response>;

/**
 * Serves a file with its headers, or an empty 404.
 *
 * The file is read at once. While Perch starts, this process loads modules between the turns of its event loop: the
 * page would wait for several of them with an asynchronous read.
 */
export function serve(root: string, request: { method: string; url: string }): Response {
  const file = request.method === 'GET' ? fileOf(root, request.url) : null;
  const body = file === null ? null : contentOf(file);
  if (file === null || body === null) return new Response(null, { status: 404, headers: common });
  const type = types[extname(file)] ?? 'application/octet-stream';
  return new Response(new Uint8Array(body), { headers: { ...common, 'content-type': type } });
}

function contentOf(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

/** Headers of every answer. */
export function pageHeaders(policy: string): Record<string, string> {
  return {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  };
}

const common = pageHeaders(contentPolicy());

export function serveScheme(protocol: Protocol, page: ServePage): void {
  protocol.handle(appScheme, page);
}
