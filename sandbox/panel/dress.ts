import type { FastifyReply, FastifyRequest } from 'fastify';
import { envelope, errorPage, PanelError, redirectPage } from './errors.js';
import { wantsJson } from './gates.js';
import type { Reply } from './route.js';

export type Headers = Record<string, string | string[]>;

/**
 * Sends an answer in the format of the request: successes as JSON, errors as JSON only if the client accepts it,
 * otherwise as a page or a redirect (PROTOCOL 1.3). `url` is the panel's address.
 */
export function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  headers: Headers,
  answer: Reply | PanelError,
  panel: { url: string; loginPath: string; pageType: string; debug: boolean },
): FastifyReply {
  reply.code(answer.status).headers({ 'cache-control': 'no-cache, private', ...headers });
  if (!(answer instanceof PanelError)) {
    if (answer.type !== undefined) reply.header('content-type', answer.type);
    return sendBody(reply, answer.body);
  }
  reply.headers(answer.headers);
  if (answer.entries.length > 0 && wantsJson(request.headers.accept)) {
    return sendBody(reply, envelope(answer, panel.debug));
  }
  reply.header('content-type', panel.pageType);
  if (answer.html === 'page') return reply.send(errorPage(answer.status));
  const target =
    answer.html === 'login' ? `${panel.url}${panel.loginPath}` : (request.headers.referer ?? panel.url);
  return reply.code(302).header('location', target).send(redirectPage(target));
}

function sendBody(reply: FastifyReply, body: unknown): FastifyReply {
  if (body === undefined) return reply.send();
  if (!reply.hasHeader('content-type')) reply.header('content-type', 'application/json');
  // As bytes, so that the framework adds no charset, which the panel does not send either.
  if (Buffer.isBuffer(body)) return reply.send(body);
  return reply.send(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
}
