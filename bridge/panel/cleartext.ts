/** Loopback traffic never leaves the computer, so nobody else can read it. */
const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?=[:/?#]|$)/i;

/**
 * True if a key sent to this address crosses a network unencrypted: `http:` or `ws:` to another machine.
 * Perch allows this but warns wherever the address is shown. An address without a scheme means https.
 */
export function isCleartextAddress(address: string): boolean {
  const rest = /^\s*(?:http|ws):\/*(.*)$/is.exec(address)?.[1];
  return rest !== undefined && rest !== '' && !loopback.test(rest);
}

/** The address with `https:` instead of `http:` or `ws:`; the rest stays as typed. */
export function withEncryption(address: string): string {
  return address.replace(/^(\s*)(?:http|ws):\/*/i, '$1https://');
}
