/** Loopback never leaves the computer, so nobody can read along there. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?=[:/?#]|$)/i;

/**
 * True where a key sent to this address crosses a network unencrypted: `http:` or `ws:` to another machine. Allowed, but it
 * has to be said wherever the address is shown. Without a scheme Perch takes https.
 */
export function isCleartextAddress(address: string): boolean {
  const rest = /^\s*(?:http|ws):\/*(.*)$/is.exec(address)?.[1];
  return rest !== undefined && rest !== '' && !loopback.test(rest);
}

/** The same address with encryption, as it is typed otherwise. */
export function withEncryption(address: string): string {
  return address.replace(/^(\s*)(?:http|ws):\/*/i, '$1https://');
}
