/** Invalid PHP pattern (`/…/flags`). PHP would warn, and the panel turns the warning into a 500. */
export class BrokenPattern extends Error {
  override name = 'BrokenPattern';
}

const closing: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const posix: Record<string, string> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9a-fA-F',
  word: '\\w',
};

/** Escapes of PHP that JavaScript lacks, outside of classes. */
const escapes: Record<string, string> = {
  A: '^',
  z: '$',
  Z: '(?=\\n?$)',
  h: '[ \\t]',
  R: '(?:\\r\\n|[\\n\\r])',
};

/**
 * Whether `pattern` matches `text` as in PHP's `preg_match`. Without the flag `u` PHP compares bytes, so both sides are
 * converted to bytes. A pattern that JavaScript can't express counts as broken.
 */
export function pcreMatches(pattern: string, text: string): boolean {
  const { body, flags } = takeApart(pattern);
  const unicode = flags.includes('u');
  const subject = unicode ? text : bytesOf(text);
  return compile(unicode ? body : bytesOf(body), flags, unicode).test(subject);
}

function takeApart(pattern: string): { body: string; flags: string } {
  const trimmed = pattern.replace(/^\s+/, '');
  const open = trimmed[0];
  if (open === undefined || /[\w\\]/.test(open)) throw new BrokenPattern('No delimiter.');
  const end = endOf(trimmed, open, closing[open] ?? open);
  const flags = trimmed.slice(end + 1).trim();
  if (!/^[imsuDASUXJx]*$/.test(flags)) throw new BrokenPattern('Unknown modifier.');
  return { body: trimmed.slice(1, end), flags };
}

/** End of the pattern: bracket delimiters nest, others end at the first unescaped one. */
function endOf(pattern: string, open: string, close: string): number {
  let depth = 1;
  for (let at = 1; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at++;
    else if (char === close && --depth === 0) return at;
    else if (char === open) depth++;
  }
  throw new BrokenPattern('No ending delimiter.');
}

function compile(body: string, flags: string, unicode: boolean): RegExp {
  const translated = translate(body, !flags.includes('D') && !flags.includes('m'));
  const anchored = flags.includes('A') ? `^(?:${translated})` : translated;
  const own = ['i', 'm', 's'].filter((flag) => flags.includes(flag)).join('');
  try {
    return new RegExp(anchored, unicode ? `${own}v` : own);
  } catch {
    // The unicode modes refuse harmless escapes such as `\-`, which PHP accepts.
  }
  try {
    return new RegExp(anchored, own);
  } catch {
    throw new BrokenPattern('Compilation failed.');
  }
}

/** `looseEnd` = a plain `$` also matches before a final newline. */
function translate(body: string, looseEnd: boolean): string {
  const named = body.replace(/\[:(\w+):\]/g, (whole, name: string) => posix[name] ?? whole);
  let inClass = false;
  let result = '';
  for (let at = 0; at < named.length; at++) {
    const char = named.charAt(at);
    if (char === '\\') {
      const next = named.charAt(++at);
      result += inClass ? `\\${next}` : (escapes[next] ?? `\\${next}`);
      continue;
    }
    if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    result += char === '$' && looseEnd && !inClass ? '(?=\\n?$)' : char;
  }
  return result;
}

function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
