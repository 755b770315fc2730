import { createHmac } from 'node:crypto';
import { parseJson } from '../base/json.js';
import { jsonHeaders, type ChannelSender, type Message } from './channel-sender.js';
import { judgeStatus } from './judge-status.js';
import { filled, type WebhookFields } from './webhook-template.js';

/**
 * Any address that takes JSON.
 * The headers are those of the convention "Standard Webhooks": `webhook-id` is the same for each attempt of one text, so
 * a receiver can drop repetitions, and with a key the signature covers id, time and body. The end of an incident is a
 * further call with the same `incident`.
 */
export const webhook: ChannelSender = {
  can: { edit: true, once: true, letters: 1000 },
  request({ secret, message, template, now }) {
    const fields = fieldsOf(message);
    const body = JSON.stringify(template === null ? fields : filled(parseJson(template), fields));
    const id = `${message.id}.${message.version}`;
    const seconds = String(Math.floor(now / 1000));
    return {
      method: 'POST',
      url: secret.address,
      headers: {
        ...jsonHeaders,
        'webhook-id': id,
        'webhook-timestamp': seconds,
        ...(secret.token === ''
          ? {}
          : { 'webhook-signature': signature(secret.token, { id, seconds, body }) }),
      },
      body,
    };
  },
  judge: (answer) => judgeStatus(answer, ''),
};

function fieldsOf({ id, phase, kind, title, body, at, isUrgent }: Message): WebhookFields {
  return { incident: id, phase, kind, title, body, at: new Date(at).toISOString(), urgent: isUrgent };
}

/** `key` = base64 after `whsec_`; the bytes of any other text are the key. */
export function signature(
  key: string,
  { id, seconds, body }: { readonly id: string; readonly seconds: string; readonly body: string },
): string {
  const bytes = key.startsWith('whsec_') ? Buffer.from(key.slice(6), 'base64') : Buffer.from(key);
  return `v1,${createHmac('sha256', bytes).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}
