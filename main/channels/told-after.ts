/** Messages to channels about an event, after further news about one of them (CHANNELS "Messages about an event"). Pure. */
import type { AlertChannel } from '../../bridge/schema/alert-channels.js';
import type { Told } from '../../bridge/schema/told-messages.js';

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
const mostTold = 100;

export function toldAfter(told: readonly Told[], fact: PostFact): readonly Told[] {
  const { channelId, channel, news } = fact;
  const known = told.find((one) => one.channelId === channelId);
  if (known !== undefined)
    return told.map((one) => (one === known ? { ...after(known, fact), ...(channel ?? {}) } : one));
  const isSilent = channel === null || news === 'over' || news === 'off';
  if (isSilent || told.length >= mostTold) return told;
  const none = { state: 'trying', at: null, againAt: null, editedAt: null, failures: 0 } as const;
  return [...told, after({ channelId, kind: channel.kind, name: channel.name, ...none }, fact)];
}

function after(told: Told, { news, at }: PostFact): Told {
  switch (news) {
    case 'sent':
    case 'again':
    case 'edited': {
      // The changed message named a server that joined the incident later.
      if (told.at === null) return { ...told, state: 'told', at };
      return { ...told, state: 'told', ...(news === 'edited' ? { editedAt: at } : { againAt: at }) };
    }
    case 'failed':
      return { ...told, state: 'trying', failures: told.failures + 1 };
    case 'over':
    case 'off':
      if (told.state !== 'trying') return told;
      return { ...told, state: told.at === null ? news : 'told' };
    default:
      return { ...told, state: news };
  }
}
