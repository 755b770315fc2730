import { HttpFailure } from '../base/network-ports.js';
import { QueryFailure } from '../base/query-ports.js';
import { failureOf } from './http-failures.js';

/** Converts any thrown value to the failure of a query. */
export function queryFailureOf(error: unknown): QueryFailure {
  if (error instanceof QueryFailure) return error;
  if (isRefusal(error)) return new QueryFailure('refused');
  const { kind, reason, message } = failureOf(error);
  if (reason?.startsWith('proxy-') === true) return new QueryFailure('no-udp', reason);
  if (reason === 'not-http' || kind === 'too-large') return new QueryFailure('nonsense', message);
  return new QueryFailure(kind === 'unknown-host' ? 'unknown-host' : 'silent', message);
}

/** The code of the error, or of each of several attempts (IPv6, then IPv4). */
function isRefusal(error: unknown): boolean {
  if (error instanceof HttpFailure) return error.message === 'ECONNREFUSED';
  if (typeof error !== 'object' || error === null) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.every(isRefusal);
  return 'code' in error && error.code === 'ECONNREFUSED';
}
