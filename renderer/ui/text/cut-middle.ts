/** Splits a text for shortening in the middle. Pure. */

/** Distinguishing end of a name: `369`, `-03`, `:25565`. Longer ends would leave no room for the beginning. */
const end = /(?:[\s\-_.:#|/·]+[^\s\-_.:#|/·]{1,6}|\d{1,6})$/u;

/** Head, which an ellipsis shortens, and tail, which stays whole; `tail` is empty without a separate end. */
export function cutInMiddle(text: string): { readonly head: string; readonly tail: string } {
  const at = end.exec(text)?.index ?? 0;
  return at === 0 ? { head: text, tail: '' } : { head: text.slice(0, at), tail: text.slice(at) };
}
