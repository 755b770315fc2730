import type { Problem } from '../../bridge/errors.js';
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { sentence } from '../../messages/messages.js';

/** Where in a panel a person makes a key, in the words of either software: the value `page` of a next step. */
export const keyPage = sentence('panel.key-page');

/**
 * The same problem; where its next step leads to that page, in the words of the software that the panel is. It is asked
 * for only then, and each time: a panel that moved to other software refuses every old key. Null leaves both names.
 */
export async function namingKeyPage(
  problem: Problem,
  kindOf: () => Promise<PanelKind | null>,
): Promise<Problem> {
  const { next } = problem;
  if (next.values?.['page'] !== keyPage) return problem;
  const kind = await kindOf();
  if (kind === null) return problem;
  return { ...problem, next: { ...next, values: { page: sentence(`panel.key-page-${kind}`) } } };
}
