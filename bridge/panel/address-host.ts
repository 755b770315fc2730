/** A name of the DNS in ASCII, an IPv4 address, or an IPv6 address in brackets. */
const hostForm = /^(?:[\da-z](?:[\w.-]*[\da-z.])?|\[[\da-f.]*:[\da-f:.]*\])$/i;

/**
 * A host as it stands in an address; null if a host can't have this name.
 *
 * The address goes to another program, often with the host as a word of a command. So a panel must not choose a host that
 * such a program takes for an option ("-o...") or a command ("$(...)"). URL takes these hosts for every other scheme than
 * that of the web.
 */
export function addressHost(host: string): string | null {
  const literal = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return hostForm.test(literal) ? literal : null;
}
