/** Texts of Minecraft servers: codes for colours, and the tree of parts in which newer servers send a title. */

/** Without the codes for colour and style, `§` with one character. */
export function withoutFormat(text: string): string {
  return text.replace(/§./gsu, '');
}

/** Most parts that Perch reads of one text. A longer text is cut. */
const mostParts = 500;

/**
 * The plain text of a text component: a text, a list of components, or an object with `text` (or `translate`) and
 * `extra`. Empty for anything else.
 */
export function plainText(component: unknown): string {
  const waiting: unknown[] = [component];
  let text = '';
  for (let parts = 0; waiting.length > 0 && parts < mostParts; parts++) {
    const part = waiting.pop();
    if (typeof part === 'string') text += part.slice(0, 1000);
    else if (Array.isArray(part)) put(waiting, part);
    else if (typeof part === 'object' && part !== null) {
      if ('extra' in part && Array.isArray(part.extra)) put(waiting, part.extra);
      if ('text' in part && typeof part.text === 'string') text += part.text.slice(0, 1000);
      else if ('translate' in part && typeof part.translate === 'string')
        text += part.translate.slice(0, 1000);
    }
  }
  return withoutFormat(text);
}

function put(waiting: unknown[], parts: readonly unknown[]): void {
  waiting.push(...parts.slice(0, mostParts).reverse());
}
