/** A panel's address as typed or pasted, without white space around it and line breaks in it; https if the scheme is missing. */
export function typedAddress(input: string): string {
  const text = input.replace(/[\t\r\n]+/g, '').trim();
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^https?:/i.test(text);
  return hasScheme ? text : `https://${text}`;
}
