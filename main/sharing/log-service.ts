/** The protocol of log services: that of mclo.gs, which others speak as well. */
import * as z from 'zod';
import { PerchError, newProblem, type Problem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { logServiceHost } from '../../bridge/settings/log-service.js';
import { isCleartextAddress } from '../../bridge/panel/cleartext.js';
import { sentence } from '../../messages/messages.js';
import { parseJson } from '../base/json.js';
import { HttpFailure, type Http, type HttpResponse } from '../base/network-ports.js';

/** An upload of ten megabytes takes a while on a slow connection. */
const timeoutMs = 120_000;
const mostOfAnswer = 64 * 1024;

/** Names no version: the owner of a log service learns nothing of this computer. */
const own = { accept: 'application/json', 'user-agent': 'Perch' };

const answerSchema = z.discriminatedUnion('success', [
  z.object({
    success: z.literal(true),
    id: z.string().regex(/^[\w-]{1,200}$/),
    url: z.string().max(1000),
    token: z.string().min(1).max(1000).optional(),
  }),
  z.object({ success: z.literal(false), error: z.string().optional() }),
]);

interface StoredLog {
  readonly logId: string;
  readonly url: string;
  /** Secret that deletes the log; null = the service gives none. */
  readonly token: string | null;
}

/** Sends a text. Rejects with `PerchError`. */
export async function storeLog(http: Http, service: string, text: string): Promise<StoredLog> {
  const body = JSON.stringify({ content: text, source: 'Perch' });
  const headers = { ...own, 'content-type': 'application/json' };
  const answer = await ask(http, service, { method: 'POST', path: '/1/log', headers, body });
  const read = answerSchema.safeParse(parseJson(answer.body));
  if (!read.success) throw refusal(service, answer);
  if (!read.data.success) throw refusal(service, answer, read.data.error);
  const { id, url, token } = read.data;
  if (!isPage(url)) throw new PerchError(noService(service));
  return { logId: id, url, token: token ?? null };
}

/** Deletes a log; a log that the service does not have any more counts as deleted. Rejects with `PerchError`. */
export async function deleteLog(http: Http, service: string, logId: string, token: string): Promise<void> {
  const headers = { ...own, authorization: `Bearer ${token}` };
  const answer = await ask(http, service, { method: 'DELETE', path: `/1/log/${logId}`, headers });
  if (answer.status === 404 || answer.status === 410) return;
  const read = answerSchema.safeParse(parseJson(answer.body));
  const why = read.success && !read.data.success ? read.data.error : undefined;
  if (answer.status >= 300 || why !== undefined) throw refusal(service, answer, why);
}

interface Asked {
  readonly method: 'POST' | 'DELETE';
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

async function ask(http: Http, service: string, { path, ...request }: Asked): Promise<HttpResponse> {
  try {
    return await http.send({ ...request, url: service + path, timeoutMs, maxBytes: mostOfAnswer });
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    throw new PerchError(unansweredProblem(service, error, request.method === 'POST'), { cause: error });
  }
}

function unansweredProblem(service: string, { kind }: HttpFailure, isUpload: boolean): Problem {
  const host = logServiceHost(service);
  if (kind === 'tls-untrusted') return newProblem('tls-untrusted', sentence('sharing.untrusted', { host }));
  if (kind === 'too-large') return noService(service);
  if ((kind === 'timeout' || kind === 'reset') && isUpload)
    return { ...newProblem('timeout', sentence('sharing.unsure', { host })), maybeDone: true };
  return newProblem('offline', sentence('sharing.unreachable', { host }));
}

/** `why` = the service's own words, which are hostile. */
function refusal(service: string, { status }: HttpResponse, why = ''): PerchError {
  const host = logServiceHost(service);
  const text = oneLine(why, 200);
  if (text !== '')
    return new PerchError(newProblem('conflict', sentence('sharing.refused', { host, why: text })));
  if (status === 429)
    return new PerchError(newProblem('rate-limited', sentence('sharing.too-often', { host })));
  if (status >= 500)
    return new PerchError(newProblem('protocol', sentence('sharing.broken', { host, status })));
  return new PerchError(noService(service));
}

function noService(service: string): Problem {
  return newProblem('protocol', sentence('sharing.no-service', { host: logServiceHost(service) }));
}

/** A page that a person may open: encrypted, or on this computer. */
function isPage(url: string): boolean {
  return URL.canParse(url) && /^https?:\/\/[^\s@]+$/i.test(url) && !isCleartextAddress(url);
}
