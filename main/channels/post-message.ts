/** The message of an incident at this moment. Pure. */
import { oneLine } from '../../bridge/console/plain-line.js';
import type { ChannelPost } from '../../bridge/schema/alert-channels.js';
import type { ChannelSender, Message } from './channel-sender.js';

const longestTitle = 120;

/**
 * The newest text. Where an edit replaces the first text, and where nobody saw the first text, the text after the end
 * also says what had happened.
 */
export function messageOf(post: ChannelPost, { can }: Pick<ChannelSender, 'can'>): Message {
  const { id, version, kind, isUrgent, at, news, end } = post;
  const isWhole = end === null || (!can.edit && post.sent > 0);
  const { title, body } = end ?? news;
  const before = `${news.title}: ${news.body}`;
  return {
    id,
    version,
    kind,
    at,
    isUrgent: isUrgent && end === null,
    phase: end === null ? 'news' : 'over',
    title: oneLine(title, longestTitle),
    body: [...(isWhole ? [body] : [body, before])]
      .map((line) => oneLine(line, Math.floor(can.letters / 2)))
      .filter((line) => line !== '')
      .join('\n'),
  };
}
