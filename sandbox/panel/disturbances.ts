import { errorPage, PanelError, panelError } from './errors.js';

/** Requests that a disturbance applies to. */
interface Aim {
  /** Undefined = any method. */
  method?: string | undefined;
  /** Part of the address, such as `/power`; undefined = any address. */
  path?: string | undefined;
  /** Number of requests; undefined = until withdrawn. */
  times?: number | undefined;
}

/** A proxy between client and panel answers itself (PROTOCOL 3.1). */
export interface ProxyAnswer extends Aim {
  kind: 'proxy';
  status: number;
  /** Undefined = a page with the status. */
  body?: string | undefined;
  contentType?: string | undefined;
  /** Target of a redirect. */
  location?: string | undefined;
  /** Further headers, such as `retry-after`. */
  headers?: Record<string, string> | undefined;
}

/**
 * Network fault between client and panel. `delay` = a late answer; `drop` = no answer; `reset` = the connection breaks;
 * `truncate` = it breaks in the middle of the answer.
 */
export interface BadWire extends Aim {
  kind: 'wire';
  how: 'delay' | 'drop' | 'reset' | 'truncate';
  /** Delay before any other effect. */
  delayMs?: number | undefined;
  /** True if the panel carries out the request, and only its answer is lost. */
  carriedOut?: boolean | undefined;
}

/** The panel answers with this error to any request, for errors that clients do not cause on purpose. */
export interface ForcedError extends Aim {
  kind: 'error';
  status: number;
  code: string;
  detail: string;
  meta?: Record<string, string> | undefined;
}

export type Disturbance = ProxyAnswer | ForcedError | BadWire;

/** Disturbance for this request, or null; counts its use. */
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

/** Headers and body from the proxy. */
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
