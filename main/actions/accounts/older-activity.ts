import type { Clock } from '../../base/ports.js';
import type { PanelApi } from '../../panel/api.js';

/** Part of the panel's calls that stays free for other work while somebody reads through a long log. */
const freePart = 0.25;
/** Longest wait in ms. A panel whose calls are used up for longer refuses the page. */
const longestMs = 60_000;

/** Waits before an older page of activity until the panel has calls to spare. The first page never waits. */
export async function untilSpare(
  clock: Pick<Clock, 'now' | 'after'>,
  panel: Pick<PanelApi, 'restUntil'>,
  page: number,
): Promise<void> {
  const until = page === 1 ? null : panel.restUntil(freePart);
  if (until === null) return;
  await new Promise<void>((resolve) => {
    clock.after(Math.min(longestMs, Math.max(0, until - clock.now())), resolve);
  });
}
