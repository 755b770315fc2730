/** Texts of a state strip. Pure. */
import type { StateRun } from '../../../bridge/schema/history.js';
import { perLanguage, say } from '../../../messages/messages.js';
import { formatList } from '../text/format.js';
import { stripOf, type Strip } from './state-strip.js';

const shares = perLanguage((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));

/** `99.2 %`. Rounded so that 100 % means always and 0 % means never. */
export function shareText(share: number): string {
  const tenths = share > 0.5 ? Math.floor(share * 1000) : Math.ceil(share * 1000);
  return `${shares().format(tenths / 10)} %`;
}

/** `Last 24 hours: running 92 %, offline 8 %`. */
export function stripWords(runs: readonly StateRun[]): string {
  const sums = new Map<Strip | 'unknown', number>();
  let all = 0;
  for (const { from, to, state } of runs) {
    const strip = stripOf[state] ?? 'unknown';
    sums.set(strip, (sums.get(strip) ?? 0) + to - from);
    all += to - from;
  }
  if (all === 0 || sums.get('unknown') === all) return say('past.day-unseen');
  const order = ['running', 'starting', 'offline', 'crashed', 'unknown'] as const;
  const parts = order.flatMap((strip) => {
    const sum = sums.get(strip) ?? 0;
    return sum === 0 ? [] : [say(`past.share-${strip}`, { share: shareText(sum / all) })];
  });
  return say('past.day', { states: formatList(parts) });
}
