import { nameOf, waysOf, type ProxyLogin } from '../net/proxies.js';

export interface FeedWay {
  /** In the words of Electron's `session.setProxy`: what is tried, in order. */
  readonly rules: string;
  /** Of proxies that ask for one, by `host:port`. Chromium has none for SOCKS. */
  readonly logins: ReadonlyMap<string, ProxyLogin>;
}

/** The way to the feed, from the answer that everything of Perch goes by (`Proxies` in `base/ports.ts`). */
export function feedWay(answer: string): FeedWay {
  const logins = new Map<string, ProxyLogin>();
  const rules = waysOf(answer).map((way) => {
    if (way === 'direct') return 'direct://';
    if (way.login !== null) logins.set(nameOf(way), way.login);
    return `${way.kind === 'socks' ? 'socks5' : way.kind}://${nameOf(way)}`;
  });
  return { rules: rules.join(','), logins };
}
