/** A host without the brackets that an IPv6 address has in a URL, as sockets and readers expect it. */
export function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
