import * as z from 'zod';
import { parseJson } from '../base/json.js';
import { jsonHeaders, type ChannelSender, type Message } from './channel-sender.js';
import { judgeStatus } from './judge-status.js';
import { inMarkdown } from './plain-markup.js';

/** Neither service edits what a webhook wrote, nor recognises a repetition: so the end is a second message. */
const can = { edit: false, once: false, letters: 1000 };

const mattermostAnswerSchema = z.object({ id: z.string().optional(), message: z.string().optional() });

/**
 * Incoming webhook of Slack. Blocks of the kind `plain_text` know no markup and no mentions; `text` is the line of the
 * desktop's notification. Source: Slack's documentation, "Incoming webhooks" and "Formatting message text".
 */
export const slack: ChannelSender = {
  can,
  request({ secret, message }) {
    const plain = (type: string, text: string): object => ({
      type,
      text: { type: 'plain_text', text, emoji: false },
    });
    return {
      method: 'POST',
      url: secret.address,
      headers: jsonHeaders,
      body: JSON.stringify({
        text: inSlack(message.title),
        blocks: [
          plain('header', message.title.slice(0, 150)),
          ...bodyOf(message, (text) => plain('section', text)),
        ],
        unfurl_links: false,
        unfurl_media: false,
      }),
    };
  },
  // Slack answers in one word, such as `no_service`.
  judge: (answer) => judgeStatus(answer, answer.body),
};

/**
 * Incoming webhook of Mattermost, which reads Markdown. A deleted webhook is answered with 400. Source: Mattermost's
 * documentation, "Incoming webhooks".
 */
export const mattermost: ChannelSender = {
  can,
  request({ secret, message }) {
    const lines = [`**${inMarkdown(message.title)}**`, ...bodyOf(message, inMarkdown)];
    return {
      method: 'POST',
      url: secret.address,
      headers: jsonHeaders,
      body: JSON.stringify({ text: lines.join('\n') }),
    };
  },
  judge(answer) {
    const { id = '', message = '' } = mattermostAnswerSchema.safeParse(parseJson(answer.body)).data ?? {};
    const isGone = answer.status === 400 && id.includes('incoming_webhook');
    return isGone ? { is: 'refused', why: message } : judgeStatus(answer, message);
  },
};

/** The body as one part; none if there is no text, which Slack refuses. */
function bodyOf<T>({ body }: Message, part: (text: string) => T): T[] {
  return body === '' ? [] : [part(body)];
}

/** Slack's three signs. The line of a notification has no other markup, and `@` without brackets mentions nobody. */
function inSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
