/** Parses JSON; undefined for invalid text. The caller checks the shape with a schema. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether the text is a file of Perch with a version above `current`, written by a newer Perch. */
export function isNewer(text: string, current: number): boolean {
  const file = parseJson(text);
  const version: unknown =
    typeof file === 'object' && file !== null && 'version' in file ? file.version : null;
  return typeof version === 'number' && version > current;
}
