import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { Consoles } from '../fleet/api.js';
import { saveLine } from './quiet-means.js';
import type { QuietRun } from './quiet-run.js';
import { quietLimits, type QuietFact } from './quiet-state.js';

/**
 * Reports what the console of a quiet backup shows. Watching keeps the console live. Returns the function that ends the
 * watch.
 *
 * Only lines that the process prints now count. After a connect the console sends older lines first, so it counts as
 * live only after them. Of the older lines only those count that Perch missed while the connection was cut.
 */
export function watchQuiet(
  { clock, consoles }: { readonly clock: Clock; readonly consoles: Pick<Consoles, 'watch'> },
  run: QuietRun,
  take: (fact: QuietFact) => void,
): () => void {
  const settled = new Alarm(clock);
  const live = (isLive: boolean): void => {
    if (run.state.isLive !== isLive) take({ kind: 'link', isLive });
  };
  const linked = (isLive: boolean): void => {
    if (isLive) return settled.set(quietLimits.settleMs, () => live(true));
    settled.clear();
    live(false);
  };
  const unwatch = consoles.watch(run.wanted.serverId, {
    snapshot: (_, { kind }) => linked(kind === 'live'),
    link: ({ kind }) => linked(kind === 'live'),
    reset: () => take({ kind: 'renewed' }),
    lines: (lines) => {
      for (const { source, text } of lines) {
        const counts = source === 'server' || (source === 'history' && run.state.answer === 'missed');
        const line = counts ? saveLine(text) : null;
        if (line !== null) take({ kind: 'line', line });
      }
    },
  });
  return () => {
    settled.clear();
    unwatch();
  };
}
