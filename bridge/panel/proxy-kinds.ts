/** Kinds of proxy server that Perch speaks to. */
export const proxyKinds = ['http', 'https', 'socks5'] as const;
export type ProxyKind = (typeof proxyKinds)[number];
