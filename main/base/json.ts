/** What a text says as JSON; undefined where it is none. Whoever asks checks its shape with a schema. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether the text is a file of ours with a version above `current`: a newer Perch has written it. */
export function isNewer(text: string, current: number): boolean {
  const file = parseJson(text);
  const version: unknown =
    typeof file === 'object' && file !== null && 'version' in file ? file.version : null;
  return typeof version === 'number' && version > current;
}
