/** Maps error codes of Node and undici to the few kinds that messages tell apart (ERRORS "Problem"). */
import { HttpFailure, type HttpFailureKind, type HttpFailureReason } from '../base/network-ports.js';

const kinds: Record<string, HttpFailureKind> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EAI_NODATA: 'unknown-host',
  EAI_NONAME: 'unknown-host',
  EAI_FAIL: 'unknown-host',
  ECONNREFUSED: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  // Nothing was sent yet. A `timeout` would mean that a power signal may have been carried out.
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_DESTROYED: 'reset',
  UND_ERR_CLOSED: 'reset',
  UND_ERR_ABORTED: 'reset',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'reset',
  ETIMEDOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
};

/** Converts any thrown value to a failure. */
export function failureOf(error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error;
  if (error instanceof Error && error.name === 'TimeoutError')
    return new HttpFailure('timeout', 'time limit');
  if (error instanceof Error && error.name === 'HTTPParserError')
    return failure('reset', 'parser', isTlsAlert(error) ? 'tls-only' : 'not-http');
  const code = codeOf(error) ?? 'unknown';
  // OpenSSL and BoringSSL use different codes for this case: the port answered in plain text.
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return failure('unreachable', code, 'no-tls');
  return failure(Object.hasOwn(kinds, code) ? (kinds[code] ?? 'unreachable') : 'unreachable', code);
}

/** True for a TLS alert: the answer of a TLS-only port to a plain text request. */
function isTlsAlert(error: object): boolean {
  return 'data' in error && typeof error.data === 'string' && error.data.startsWith('\u0015\u0003');
}

function failure(kind: HttpFailureKind, code: string, reason?: HttpFailureReason): HttpFailure {
  return new HttpFailure(kind, code, { reason });
}

/** The code of the error, of its cause, or of the first of several attempts (IPv6, then IPv4). */
function codeOf(error: unknown, depth = 0): string | null {
  if (typeof error !== 'object' || error === null || depth > 4) return null;
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  const inner = 'cause' in error ? codeOf(error.cause, depth + 1) : null;
  if (inner !== null) return inner;
  const [first] = 'errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  return codeOf(first, depth + 1);
}
