/** Which way Perch takes to panels and nodes: the system's, none in between, or a proxy of the person's own. Without zod. */
import type { ProxyPlace } from '../schema/proxy.js';

/** Whether both ask for the same login, so that a password of the one may go to the other. */
export function isSameLogin(a: Omit<ProxyPlace, 'except'>, b: Omit<ProxyPlace, 'except'>): boolean {
  return a.kind === b.kind && a.host === b.host && a.port === b.port && a.user === b.user;
}
