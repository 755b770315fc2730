import { isCleartextAddress } from '../panel/cleartext.js';

/** Default service for shared logs. */
export const usualLogService = 'https://api.mclo.gs';

const address =
  /^(https?):\/\/([\p{L}\p{N}][\p{L}\p{N}.-]*|\[[\da-f:.]+\])(:\d{1,5})?((?:\/[\w.~-]+)*)\/*$/iu;

/**
 * The address of a log service as Perch keeps it; null for a text that is none. A log must not cross a network
 * unencrypted, so `http:` is for this computer only.
 */
export function logServiceAddress(typed: string): string | null {
  const text = typed.trim();
  const [, scheme = '', host = '', port = '', path = ''] =
    address.exec(text.includes('://') ? text : `https://${text}`) ?? [];
  if (host === '') return null;
  const kept = `${scheme.toLowerCase()}://${host.toLowerCase()}${port}${path}`;
  return isCleartextAddress(kept) ? null : kept;
}

export function isLogService(text: string): boolean {
  return logServiceAddress(text) === text;
}

/** Host and port, to show. */
export function logServiceHost(service: string): string {
  return service.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
}
