import { nameOf, routesOf, type ProxyLogin } from '../net/proxies.js';

export interface FeedWay {
  /** Rules for Electron's `session.setProxy`, in the order in which Chromium tries them. */
  readonly rules: string;
  /** Logins of proxies, by `host:port`. Chromium supports no login for SOCKS. */
  readonly logins: ReadonlyMap<string, ProxyLogin>;
}

/** The route to the feed, from the answer of the shared `Proxies` port (`base/ports.ts`). */
export function feedWay(answer: string): FeedWay {
  const logins = new Map<string, ProxyLogin>();
  const rules = routesOf(answer).map((way) => {
    if (way === 'direct') return 'direct://';
    if (way.login !== null) logins.set(nameOf(way), way.login);
    return `${way.kind === 'socks' ? 'socks5' : way.kind}://${nameOf(way)}`;
  });
  return { rules: rules.join(','), logins };
}
