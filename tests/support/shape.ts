/**
 * Differences in shape of two JSON values: other keys, types or list lengths, or null instead of a value. Empty = same
 * shape. Each difference is one line that begins with its path.
 */
export function shapeDifferences(wanted: unknown, got: unknown, path = '$'): string[] {
  const [a, b] = [kindOf(wanted), kindOf(got)];
  if (a !== b) return [`${path}: ${a} expected, ${b} came`];
  if (Array.isArray(wanted) && Array.isArray(got)) {
    if (wanted.length !== got.length) return [`${path}: ${wanted.length} items expected, ${got.length} came`];
    return wanted.flatMap((each, at) => shapeDifferences(each, got[at], `${path}[${at}]`));
  }
  if (!isObject(wanted) || !isObject(got)) return [];
  const missing = Object.keys(wanted).filter((key) => !Object.hasOwn(got, key));
  const extra = Object.keys(got).filter((key) => !Object.hasOwn(wanted, key));
  return [
    ...missing.map((key) => `${path}.${key}: is missing`),
    ...extra.map((key) => `${path}.${key}: was not expected`),
    ...Object.keys(wanted)
      .filter((key) => Object.hasOwn(got, key))
      .flatMap((key) => shapeDifferences(wanted[key], got[key], `${path}.${key}`)),
  ];
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return kindOf(value) === 'object';
}
