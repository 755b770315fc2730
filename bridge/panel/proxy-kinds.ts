/** Proxy protocols that Perch supports. */
export const proxyKinds = ['http', 'https', 'socks5'] as const;
export type ProxyKind = (typeof proxyKinds)[number];
