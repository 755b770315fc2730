/** Input as PHP and Laravel read it: nested names, trimmed strings, empty strings as null. */

export type Input = Record<string, unknown>;

/**
 * Parses `a=1&filter[*]=x&list[]=1` as PHP does: brackets nest, a later value replaces an earlier one, `+` and percent
 * encoding are decoded.
 */
export function parseForm(text: string): Input {
  const input: Input = Object.create(null) as Input;
  for (const [name, value] of new URLSearchParams(text)) {
    const open = name.indexOf('[');
    if (open <= 0 || !name.endsWith(']')) {
      input[name] = value;
      continue;
    }
    const keys = [name.slice(0, open), ...name.slice(open + 1, -1).split('][')];
    put(input, keys, value);
  }
  return input;
}

function put(input: Input, keys: readonly string[], value: string): void {
  let at = input;
  for (const [depth, key] of keys.entries()) {
    const own = key === '' ? String(Object.keys(at).length) : key;
    if (depth === keys.length - 1) {
      at[own] = value;
      return;
    }
    const next = at[own];
    if (isRecord(next)) {
      at = next;
    } else {
      const made: Input = Object.create(null) as Input;
      at[own] = made;
      at = made;
    }
  }
}

/** Formats a query as PHP's `http_build_query` does: null is left out, brackets and asterisks are encoded. */
export function buildQuery(input: Input, prefix = ''): string {
  return Object.entries(input)
    .flatMap(([key, value]) => {
      const name = prefix === '' ? key : `${prefix}[${key}]`;
      if (value === null || value === undefined) return [];
      if (isRecord(value)) return buildQuery(value, name) || [];
      return `${encode(name)}=${encode(String(value))}`;
    })
    .join('&');
}

function encode(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()*~]/g, (char) =>
      char === '~' ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .replaceAll('%20', '+');
}

/** Trims all strings, at any depth, and replaces empty ones by null, before validation. */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') {
    const trimmed = value.replace(/^[\s\u0085\u180e\u200b\ufeff]+|[\s\u0085\u180e\u200b\ufeff]+$/gu, '');
    return trimmed === '' ? null : trimmed;
  }
  if (Array.isArray(value)) return value.map(cleaned);
  if (isRecord(value)) {
    const result: Input = Object.create(null) as Input;
    for (const [key, each] of Object.entries(value)) result[key] = cleaned(each);
    return result;
  }
  return value;
}

export function isRecord(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** PHP's `(int)` of a string: the number at its start, otherwise 0. */
export function phpInt(text: string): number {
  return Number.parseInt(text, 10) || 0;
}
