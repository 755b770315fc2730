/** Names and sentences from a panel are hostile; this is what of them may be shown outside our own windows. */
import { oneLine } from '../../../bridge/console/plain-line.js';

/** As text of a menu entry, where a single `&` would mark an access key. */
export function menuText(text: string, most = 60): string {
  return oneLine(text, most).replaceAll('&', '&&');
}

/** As body of a notification, where Linux's daemons read markup. */
export function withoutMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
