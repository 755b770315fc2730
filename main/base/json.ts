/** What a text says as JSON; undefined where it is none. Whoever asks checks its shape with a schema. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
