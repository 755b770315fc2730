import * as z from 'zod';
import { parseJson } from '../base/json.js';
import { jsonHeaders, type ChannelSecret, type ChannelSender } from './channel-sender.js';
import { judgeStatus, pauseMs } from './judge-status.js';
import { inMarkdown } from './plain-markup.js';

const colours = { news: 0xe5_48_4d, over: 0x30_a4_6c, test: 0x5b_5b_d6 } as const;

const answerSchema = z.object({
  id: z
    .string()
    .regex(/^\d{1,30}$/)
    .optional(),
  message: z.string().optional(),
  code: z.number().optional(),
  retry_after: z.number().optional(),
});

/** "Unknown Message": somebody deleted the message. */
const unknownMessage = 10_008;

/**
 * Webhook of a Discord channel: one message for each incident, edited when the incident ends.
 * Discord has no id that makes a repetition harmless for webhooks, so a lost answer may lead to a second message.
 * Source: Discord's documentation, "Execute Webhook" and "Edit Webhook Message".
 */
export const discord: ChannelSender = {
  can: { edit: true, once: false, letters: 1000 },
  request({ secret, message, edits }) {
    return embedRequest(secret, edits, {
      title: inMarkdown(message.title).slice(0, 256),
      description: inMarkdown(message.body).slice(0, 4096),
      color: colours[message.phase],
      timestamp: new Date(message.at).toISOString(),
    });
  },
  judge(answer, { edits }) {
    const {
      id,
      message = '',
      code,
      retry_after: seconds,
    } = answerSchema.safeParse(parseJson(answer.body)).data ?? {};
    if (edits !== null && answer.status === 404 && code === unknownMessage) return { is: 'gone' };
    if (answer.status === 429 && seconds !== undefined) return { is: 'later', afterMs: pauseMs(seconds) };
    const verdict = judgeStatus(answer, message);
    return verdict.is === 'taken' ? { is: 'taken', reference: id ?? edits } : verdict;
  },
};

/** Parts of a Discord embed, in Discord's Markdown. */
export interface Embed {
  /** 256 characters at most. */
  readonly title: string;
  /** 4096 characters at most. */
  readonly description: string;
  /** 0xRRGGBB. */
  readonly color: number;
  /** ISO 8601. */
  readonly timestamp: string;
}

/** Request that makes a message, or edits the message with this id. */
export function embedRequest(
  secret: Pick<ChannelSecret, 'address'>,
  edits: string | null,
  embed: Embed,
): ReturnType<ChannelSender['request']> {
  const url = new URL(secret.address);
  // Only with `wait` the answer has the id of the message.
  if (edits === null) url.searchParams.set('wait', 'true');
  else url.pathname += `/messages/${edits}`;
  return {
    method: edits === null ? 'POST' : 'PATCH',
    url: url.href,
    headers: jsonHeaders,
    body: JSON.stringify({ embeds: [embed], allowed_mentions: { parse: [] } }),
  };
}
