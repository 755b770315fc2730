/** Forms in which programs write a text: as in a command, in JSON, in a URL, in HTML, in a shell and in Base64. Pure. */

/** The forms of a value; some are the same. PHP, in which panels are written, escapes slashes in JSON as well. */
export function writtenForms(value: string): string[] {
  const whole = value.replace(/\p{Cs}/gu, '');
  const json = JSON.stringify(value).slice(1, -1);
  const inUrl = encodeURIComponent(whole);
  const inStrictUrl = inUrl.replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const inPhp = json.replaceAll('/', '\\/');
  return [
    value,
    json,
    inPhp,
    ...[/[^ -~]/g, /[^ -~]|[&<>']/g].flatMap((pattern) => [inJson(json, pattern), inJson(inPhp, pattern)]),
    encodeURI(whole),
    inUrl,
    inStrictUrl,
    inUrl.replaceAll('%20', '+'),
    inStrictUrl.replaceAll('%20', '+'),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
    value.replaceAll("'", "'\\''"),
    value.replace(/[^\p{L}\p{N}_]/gu, '\\$&'),
    base64Of(whole),
  ];
}

/** JSON whose letters that match are written as numbers. */
function inJson(json: string, pattern: RegExp): string {
  return json.replace(pattern, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of a text in UTF-8, without padding. Windows and main have no common function for that. */
function base64Of(text: string): string {
  const bits = bytesOf(text)
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('');
  return (bits.match(/.{1,6}/g) ?? []).map((six) => letters[parseInt(six.padEnd(6, '0'), 2)]).join('');
}

function bytesOf(text: string): number[] {
  const parts = encodeURIComponent(text).match(/%[\dA-F]{2}|[^%]/g) ?? [];
  return parts.map((part) => (part.length === 3 ? parseInt(part.slice(1), 16) : part.charCodeAt(0)));
}
