import type { Problem } from '../../bridge/errors.js';
import type { PanelKind } from '../../bridge/panel/panel-kind.js';
import { sentence } from '../../messages/messages.js';

/**
 * Name of the panel page where keys are created, with the names of both panel kinds. It is the value `page` of a next
 * step.
 */
export const keyPage = sentence('panel.key-page');

/**
 * The problem with the key page named as in the panel's own software.
 * `kindOf` is called only for problems that name the page, and each time, because a panel that moved to other software
 * refuses every old key. null keeps both names.
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
