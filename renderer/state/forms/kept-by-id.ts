/** The entry of an id, made at first use. */
export function keptById<T>(kept: Map<string, T>, id: string, make: () => T): T {
  const found = kept.get(id) ?? make();
  if (!kept.has(id)) kept.set(id, found);
  return found;
}

/** Deletes all entries of a map whose ids are no longer `present`. */
export function forgetOthers(kept: Map<string, unknown>, present: readonly { readonly id: string }[]): void {
  const ids = new Set(present.map(({ id }) => id));
  for (const id of kept.keys()) if (!ids.has(id)) kept.delete(id);
}
