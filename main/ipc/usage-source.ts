import type { UsageLog } from '../fleet/usage/usage-log.js';
import type { Source } from './feeds.js';

/** The feed `usage`: the last hour of one server, then what is added to it. */
export function usageSource(log: Pick<UsageLog, 'watch'>): Source<'usage'> {
  return ({ serverId }, sink) =>
    log.watch(serverId, {
      snapshot: (samples) => sink.snapshot({ samples: [...samples] }),
      added: (samples) => sink.change({ samples: [...samples] }),
    });
}
