import * as z from 'zod';
import { parseJson } from '../base/json.js';
import { jsonHeaders, type ChannelSender } from './channel-sender.js';
import { judgeStatus } from './judge-status.js';

const answerSchema = z.object({ error: z.string().optional() });

/** Priorities of ntfy, from 1 (no sound) to 5 (longest sound). The end of an incident makes none. */
const priorities = { news: 4, over: 2, test: 3 } as const;
const tags = { news: ['warning'], over: ['white_check_mark'], test: ['bell'] } as const;

/**
 * A topic of ntfy.
 * The messages of an incident have one sequence id, so from ntfy 2.16 on a later text and a repetition take the place of
 * the earlier one. An older server ignores the id and shows each message. Source: ntfy's documentation, "Publish as
 * JSON" and "Updating notifications".
 */
export const ntfy: ChannelSender = {
  can: { edit: true, once: true, letters: 1000 },
  request({ secret, message }) {
    const { origin, pathname } = new URL(secret.address);
    const { phase, isUrgent, title, body } = message;
    return {
      method: 'POST',
      url: `${origin}/`,
      headers: {
        ...jsonHeaders,
        ...(secret.token === '' ? {} : { authorization: `Bearer ${secret.token}` }),
      },
      body: JSON.stringify({
        topic: pathname.slice(1),
        sequence_id: message.id,
        title,
        message: body,
        priority: phase === 'news' && isUrgent ? 5 : priorities[phase],
        tags: tags[phase],
      }),
    };
  },
  judge(answer) {
    const { error = '' } = answerSchema.safeParse(parseJson(answer.body)).data ?? {};
    return judgeStatus(answer, error);
  },
};
