/** Where a text that has no room is cut. Pure. */

/** `369`, `-03`, `:25565`: how texts that begin alike end. Longer ends would leave nothing of the beginning. */
const end = /(?:[\s\-_.:#|/·]+[^\s\-_.:#|/·]{1,6}|\d{1,6})$/u;

/** The beginning, which gives way to an ellipsis, and the end, which stays; `tail` is empty where no end stands apart. */
export function cutInMiddle(text: string): { readonly head: string; readonly tail: string } {
  const at = end.exec(text)?.index ?? 0;
  return at === 0 ? { head: text, tail: '' } : { head: text.slice(0, at), tail: text.slice(at) };
}
