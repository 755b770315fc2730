import type { FastifyRequest } from 'fastify';
import type { Headers } from './dress.js';
import { noRoute, wrongVerb } from './errors.js';
import { isRecord } from './input.js';
import type { AccountRoute, Reply, Routes, ServerRoute } from './route.js';

/** Route for the method; sets the headers of an `OPTIONS` request. */
export function findRoute(
  request: FastifyRequest,
  headers: Headers,
  path: string,
  verbs: Routes[string] | null,
): AccountRoute | ServerRoute | 'options' {
  if (!verbs) throw noRoute(path);
  const allowed = Object.keys(verbs).flatMap((verb) => (verb === 'GET' ? ['GET', 'HEAD'] : [verb]));
  if (request.method === 'OPTIONS') {
    headers['allow'] = allowed.join(',');
    headers['vary'] = 'Access-Control-Request-Method';
    return 'options';
  }
  const verb = request.method === 'HEAD' ? 'GET' : request.method;
  const route = Object.entries(verbs).find(([each]) => each === verb)?.[1];
  if (!route) throw wrongVerb(request.method, path, allowed.join(', '));
  return route;
}

/** Answer to a browser that asks whether it may send a request. */
export function preflight(request: FastifyRequest, headers: Headers): Reply {
  headers['access-control-allow-methods'] = 'GET, POST, PUT, PATCH, DELETE, HEAD';
  headers['access-control-allow-headers'] = request.headers['access-control-request-headers'] ?? '';
  headers['access-control-max-age'] = '0';
  headers['vary'] = 'Access-Control-Request-Headers, Access-Control-Request-Method';
  headers['content-type'] = 'text/html; charset=UTF-8';
  return { status: 204 };
}

/** Address without the query. */
export function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '';
}

/** Variable parts of the address, by name. */
export function paramsOf({ params }: FastifyRequest): Readonly<Record<string, string>> {
  if (!isRecord(params)) return {};
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
