/** Proxy for connections to panels and nodes: the system's, none, or the user's own. Without zod, for windows. */
import type { ProxyPlace } from '../schema/proxy.js';

/** Whether both proxies use the same login, so that the password of one is valid for the other. */
export function isSameLogin(a: Omit<ProxyPlace, 'except'>, b: Omit<ProxyPlace, 'except'>): boolean {
  return a.kind === b.kind && a.host === b.host && a.port === b.port && a.user === b.user;
}
