/** Messages to channels about an event, after further news about one of them (CHANNELS "Messages about an event"). Pure. */
import type { AlertChannel } from '../../bridge/schema/alert-channels.js';
import type { Delivery } from '../../bridge/schema/deliveries.js';

/**
 * `again` = a further message instead of a change; `failed` = an attempt, Perch keeps trying or waits for the person;
 * `over` = nobody needs the text any more; `off` = the channel was switched off or removed.
 */
export type PostNews =
  'sent' | 'again' | 'edited' | 'failed' | 'refused' | 'too-old' | 'too-many' | 'over' | 'off';

export interface PostFact {
  readonly channelId: string;
  /** null = the user removed the channel. */
  readonly channel: Pick<AlertChannel, 'kind' | 'name'> | null;
  readonly news: PostNews;
  /** Wall-clock time in ms since the epoch. */
  readonly at: number;
}

/** Channels that one event names at most. Removed channels stay, and Perch keeps 50. */
const mostDeliveries = 100;

export function deliveriesAfter(deliveries: readonly Delivery[], fact: PostFact): readonly Delivery[] {
  const { channelId, channel, news } = fact;
  const known = deliveries.find((one) => one.channelId === channelId);
  if (known !== undefined)
    return deliveries.map((one) => (one === known ? { ...after(known, fact), ...(channel ?? {}) } : one));
  const isSilent = channel === null || news === 'over' || news === 'off';
  if (isSilent || deliveries.length >= mostDeliveries) return deliveries;
  const none = { state: 'trying', at: null, againAt: null, editedAt: null, failures: 0 } as const;
  return [...deliveries, after({ channelId, kind: channel.kind, name: channel.name, ...none }, fact)];
}

function after(delivery: Delivery, { news, at }: PostFact): Delivery {
  switch (news) {
    case 'sent':
    case 'again':
    case 'edited': {
      // The changed message named a server that joined the incident later.
      if (delivery.at === null) return { ...delivery, state: 'sent', at };
      return { ...delivery, state: 'sent', ...(news === 'edited' ? { editedAt: at } : { againAt: at }) };
    }
    case 'failed':
      return { ...delivery, state: 'trying', failures: delivery.failures + 1 };
    case 'over':
    case 'off':
      if (delivery.state !== 'trying') return delivery;
      return { ...delivery, state: delivery.at === null ? news : 'sent' };
    default:
      return { ...delivery, state: news };
  }
}
