import * as z from 'zod';
import { parseJson } from '../base/json.js';
import { jsonHeaders, type ChannelSender } from './channel-sender.js';
import { judgeStatus, pauseMs } from './judge-status.js';
import { inHtml } from './plain-markup.js';

const answerSchema = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  result: z.object({ message_id: z.number().int() }).optional(),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
});

/** Refusals of an edit that change nothing: the message has this text already, or is gone. */
const unchanged = /message is not modified/i;
const gone = /message to edit not found|message can't be edited|MESSAGE_ID_INVALID/i;
/** Refusals with status 400 that every message would meet. */
const noChat = /chat not found|group chat was upgraded|not enough rights|CHAT_WRITE_FORBIDDEN/i;

/**
 * A bot of Telegram in one chat: one message for each incident, edited when the incident ends. The token is a part of
 * the address. The Bot API has no id that makes a repetition harmless. Source: Telegram's Bot API, "sendMessage",
 * "editMessageText" and "ResponseParameters".
 */
export const telegram: ChannelSender = {
  can: { edit: true, once: false, letters: 1000 },
  request({ secret, message, edits }) {
    return {
      method: 'POST',
      url: `${secret.address}/bot${secret.token}/${edits === null ? 'sendMessage' : 'editMessageText'}`,
      headers: jsonHeaders,
      body: JSON.stringify({
        chat_id: secret.recipient,
        ...(edits === null ? {} : { message_id: Number(edits) }),
        text: `<b>${inHtml(message.title)}</b>\n${inHtml(message.body)}`,
        parse_mode: 'HTML',
        link_preview_options: { is_disabled: true },
      }),
    };
  },
  judge(answer, { edits }) {
    const read = answerSchema.safeParse(parseJson(answer.body)).data;
    const why = read?.description ?? '';
    if (edits !== null && answer.status === 400 && unchanged.test(why))
      return { is: 'taken', reference: edits };
    if (edits !== null && answer.status === 400 && gone.test(why)) return { is: 'gone' };
    if (answer.status === 400 && noChat.test(why)) return { is: 'refused', why };
    const seconds = read?.parameters?.retry_after;
    if (answer.status === 429 && seconds !== undefined) return { is: 'later', afterMs: pauseMs(seconds) };
    const verdict = judgeStatus(answer, why);
    if (verdict.is !== 'taken') return verdict;
    // The address answers with success, but not as a Bot API does.
    if (read?.ok !== true) return { is: 'refused', why };
    return { is: 'taken', reference: read.result === undefined ? edits : String(read.result.message_id) };
  },
};
