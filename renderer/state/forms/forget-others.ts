/** Takes out of a map by id whatever is not `present` any more. */
export function forgetOthers(kept: Map<string, unknown>, present: readonly { readonly id: string }[]): void {
  const ids = new Set(present.map(({ id }) => id));
  for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id);
}
