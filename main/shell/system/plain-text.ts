/** Makes text from a panel safe outside Perch's own windows. Such text is hostile. */
import { oneLine } from '../../../bridge/console/plain-line.js';

/** Text of a menu entry, where a single `&` marks an access key. */
export function menuText(text: string, most = 60): string {
  return oneLine(text, most).replaceAll('&', '&&');
}

/** Text of a notification, where Linux daemons read markup. */
export function withoutMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
