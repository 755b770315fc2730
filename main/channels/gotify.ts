import * as z from 'zod';
import { parseJson } from '../base/json.js';
import { jsonHeaders, type ChannelSender } from './channel-sender.js';
import { judgeStatus } from './judge-status.js';

const answerSchema = z.object({ error: z.string().optional(), errorDescription: z.string().optional() });

/** Gotify's app makes a sound from 4 on, and shows a message above others from 8 on. */
const priorities = { news: 6, over: 2, test: 5 } as const;

/**
 * An application of a Gotify server. The token of an application only writes, so Perch can change no message: the end of
 * an incident is a second message. Source: Gotify's REST API, "createMessage".
 */
export const gotify: ChannelSender = {
  can: { edit: false, once: false, letters: 1000 },
  request({ secret, message: { title, body, phase, isUrgent } }) {
    return {
      method: 'POST',
      url: `${secret.address}/message`,
      headers: { ...jsonHeaders, 'x-gotify-key': secret.token },
      body: JSON.stringify({
        title,
        message: body,
        priority: phase === 'news' && isUrgent ? 8 : priorities[phase],
        extras: { 'client::display': { contentType: 'text/plain' } },
      }),
    };
  },
  judge(answer) {
    const { error = '', errorDescription } = answerSchema.safeParse(parseJson(answer.body)).data ?? {};
    return judgeStatus(answer, errorDescription ?? error);
  },
};
