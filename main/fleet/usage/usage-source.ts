import type { UsageLog } from './usage-log.js';
import type { Source } from '../../base/feed-source.js';

/** The feed `usage`: the last hour of one server, then new samples. */
export function usageSource(log: Pick<UsageLog, 'watch'>): Source<'usage'> {
  return ({ serverId }, sink) =>
    log.watch(serverId, {
      snapshot: (samples) => sink.snapshot({ samples: [...samples] }),
      added: (samples) => sink.change({ samples: [...samples] }),
    });
}
