import { errorPage, PanelError, panelError } from './errors.js';

/** Which requests are answered wrongly, and how often. */
interface Aim {
  /** Any where left out. */
  method?: string | undefined;
  /** A part of the address, such as `/power`; all where left out. */
  path?: string | undefined;
  /** For this many requests; where left out, until it is taken back. */
  times?: number | undefined;
}

/** A proxy between client and panel answers by itself (PROTOCOL 3.1). */
export interface ProxyAnswer extends Aim {
  kind: 'proxy';
  status: number;
  /** A page with the status where left out. */
  body?: string | undefined;
  contentType?: string | undefined;
  /** For a redirect. */
  location?: string | undefined;
  /** More of them, such as `retry-after`. */
  headers?: Record<string, string> | undefined;
}

/**
 * The way between client and panel is bad. `delay` = the answer comes late; `drop` = none ever comes; `reset` = the
 * connection breaks; `truncate` = it breaks in the middle of the answer.
 */
export interface BadWire extends Aim {
  kind: 'wire';
  how: 'delay' | 'drop' | 'reset' | 'truncate';
  /** Before anything else happens. */
  delayMs?: number | undefined;
  /** The panel does what it was asked for, and only its answer is lost. */
  carriedOut?: boolean | undefined;
}

/** The panel answers with this error, whatever the request was: for those that no client provokes on purpose. */
export interface ForcedError extends Aim {
  kind: 'error';
  status: number;
  code: string;
  detail: string;
  meta?: Record<string, string> | undefined;
}

export type Disturbance = ProxyAnswer | ForcedError | BadWire;

/** What comes instead of an answer to this request, if anything does; counts it. */
export function disturbanceOf(
  disturbances: Disturbance[],
  request: { method: string; url: string },
): Disturbance | null {
  const found = disturbances.find(
    ({ method, path }) =>
      (method === undefined || method === request.method) &&
      (path === undefined || request.url.includes(path)),
  );
  if (!found) return null;
  if (found.times !== undefined && --found.times <= 0) disturbances.splice(disturbances.indexOf(found), 1);
  return found;
}

export function forcedError({ status, code, detail, meta }: ForcedError): PanelError {
  return meta ? new PanelError(status, [{ code, detail, meta }]) : panelError(status, code, detail);
}

/** What the proxy sends: headers and body. */
export function proxyReply({ status, body, contentType, location, headers }: ProxyAnswer): {
  headers: Record<string, string>;
  body: string;
} {
  return {
    headers: {
      server: 'nginx',
      'content-type': contentType ?? 'text/html',
      ...(location === undefined ? {} : { location }),
      ...headers,
    },
    body: body ?? errorPage(status),
  };
}
