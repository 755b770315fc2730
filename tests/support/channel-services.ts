/**
 * Plays the services that take alerts, on loopback, as their documentation says: the accepted and refused messages, and
 * the messages that a person would see there.
 */
import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import type { ChannelKind } from '../../bridge/alerts/channel-kinds.js';

/** A request as it came. */
interface Came {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

interface Answered {
  readonly status: number;
  readonly body: unknown;
}

/** Visible texts by the id of the message, in order of their first appearance. */
type Seen = Map<string, string>;
type Play = (came: Came, seen: Seen) => Answered;

/** How a service fails before it looks at the request. `lost` = it takes the message, and the answer is lost. */
export type Fault = 'busy' | 'broken' | 'hang' | 'reset' | 'redirect' | 'giant' | 'lost';

export interface ChannelService {
  readonly origin: string;
  /** Fields of the form for a channel of this service. */
  readonly form: { readonly address: string; readonly token: string; readonly recipient: string };
  readonly seen: Seen;
  readonly came: Came[];
  /** Failures of the next requests, in order. */
  readonly faults: Fault[];
  /** The service forgot the channel: the webhook was deleted, or the token withdrawn. */
  isGone: boolean;
  stop(): Promise<void>;
}

/** Secret parts, to look for where they must not be. */
export const channelSecretTexts = {
  discord: 'dIsCoRdToKeN_secret',
  ntfy: 'topic-secret-7351',
  gotify: 'AgotifySecret7',
  telegram: '12345:telegram-secret-AAbb',
  slack: 'slackSecret99',
  mattermost: 'mattermostsecret11',
  webhook: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
} as const satisfies Record<ChannelKind, string>;
const secrets = channelSecretTexts;

const addresses: Readonly<Record<ChannelKind, string>> = {
  discord: `/api/webhooks/4711/${secrets.discord}`,
  ntfy: `/${secrets.ntfy}`,
  gotify: '/push',
  telegram: '',
  slack: `/services/T0/B0/${secrets.slack}`,
  mattermost: `/hooks/${secrets.mattermost}`,
  webhook: '/in?from=perch',
};
const tokens: Partial<Record<ChannelKind, string>> = {
  ntfy: 'tk_secret4321',
  gotify: secrets.gotify,
  telegram: secrets.telegram,
  webhook: secrets.webhook,
};

const ok = (body: unknown): Answered => ({ status: 200, body });

const discordBody = z.strictObject({
  embeds: z
    .array(
      z.strictObject({
        title: z.string().max(256),
        description: z.string().max(4096),
        color: z.number().int(),
        timestamp: z.iso.datetime(),
      }),
    )
    .max(10),
  allowed_mentions: z.strictObject({ parse: z.array(z.never()) }),
});

let discordMessages = 1000;

const playDiscord: Play = ({ method, path, text }, seen) => {
  const url = new URL(path, 'http://discord.test');
  const edited = /^(.*)\/messages\/(\d+)$/.exec(url.pathname);
  const webhook = edited?.[1] ?? url.pathname;
  if (webhook !== addresses.discord)
    return { status: 404, body: { message: 'Unknown Webhook', code: 10_015 } };
  const read = discordBody.safeParse(JSON.parse(text));
  if (!read.success) return { status: 400, body: { message: 'Invalid Form Body', code: 50_035 } };
  const [embed] = read.data.embeds;
  const said = `${embed?.title ?? ''}\n${embed?.description ?? ''}`;
  if (edited !== null && method === 'PATCH') {
    const id = edited[2] ?? '';
    if (!seen.has(id)) return { status: 404, body: { message: 'Unknown Message', code: 10_008 } };
    seen.set(id, said);
    return ok({ id, type: 0 });
  }
  if (method !== 'POST' || edited !== null)
    return { status: 405, body: { message: '405: Method Not Allowed', code: 0 } };
  // Never the id of a deleted message.
  discordMessages += 1;
  const id = String(discordMessages);
  seen.set(id, said);
  return url.searchParams.get('wait') === 'true' ? ok({ id, type: 0 }) : { status: 204, body: '' };
};

const ntfyBody = z.object({
  topic: z.literal(secrets.ntfy),
  sequence_id: z.string().regex(/^[-_A-Za-z0-9]{1,64}$/),
  title: z.string(),
  message: z.string().max(4096),
  priority: z.number().int().min(1).max(5),
  tags: z.array(z.string()),
});

/** The app shows one notification for each sequence id. */
const playNtfy: Play = ({ method, path, headers, text }, seen) => {
  if (method !== 'POST' || path !== '/')
    return { status: 404, body: { code: 40_401, http: 404, error: 'page not found' } };
  if (headers['authorization'] !== `Bearer ${tokens.ntfy ?? ''}`)
    return { status: 401, body: { code: 40_101, http: 401, error: 'unauthorized' } };
  const read = ntfyBody.safeParse(JSON.parse(text));
  if (!read.success)
    return {
      status: 400,
      body: { code: 40_017, http: 400, error: 'invalid request: request body must be valid JSON' },
    };
  const { sequence_id: id, title, message, topic } = read.data;
  seen.set(id, `${title}\n${message}`);
  return ok({ id: 'xE73Iyuabi', time: 1_700_000_000, event: 'message', topic, title, message });
};

const gotifyBody = z.object({ title: z.string(), message: z.string().min(1), priority: z.number().int() });

const playGotify: Play = ({ method, path, headers, text }, seen) => {
  if (method !== 'POST' || path !== '/push/message')
    return { status: 404, body: { error: 'Not Found', errorCode: 404, errorDescription: 'page not found' } };
  if (headers['x-gotify-key'] !== secrets.gotify)
    return {
      status: 401,
      body: {
        error: 'Unauthorized',
        errorCode: 401,
        errorDescription: 'you need to provide a valid access token',
      },
    };
  const read = gotifyBody.safeParse(JSON.parse(text));
  if (!read.success)
    return {
      status: 400,
      body: { error: 'Bad Request', errorCode: 400, errorDescription: "Field 'message' is required" },
    };
  const id = seen.size + 1;
  seen.set(String(id), `${read.data.title}\n${read.data.message}`);
  return ok({ id, appid: 5, date: '2026-01-01T00:00:00Z', ...read.data });
};

const telegramBody = z.object({
  chat_id: z.string(),
  message_id: z.number().int().optional(),
  text: z.string().min(1).max(8192),
  parse_mode: z.literal('HTML'),
});
const telegramNo = (code: number, description: string): Answered => ({
  status: code,
  body: { ok: false, error_code: code, description },
});

const playTelegram: Play = ({ path, text }, seen) => {
  const method = path.replace(`/bot${secrets.telegram}/`, '');
  if (method !== 'sendMessage' && method !== 'editMessageText') return telegramNo(401, 'Unauthorized');
  const read = telegramBody.safeParse(JSON.parse(text));
  if (!read.success) return telegramNo(400, 'Bad Request: message text is empty');
  const { chat_id: chat, text: html, message_id: edited } = read.data;
  if (chat !== '-1007') return telegramNo(400, 'Bad Request: chat not found');
  // Telegram knows few tags and four entities.
  if (/<(?!\/?b>)|&(?!amp;|lt;|gt;|quot;)/.test(html))
    return telegramNo(400, "Bad Request: can't parse entities");
  if (method === 'editMessageText') {
    const id = String(edited);
    if (!seen.has(id)) return telegramNo(400, 'Bad Request: message to edit not found');
    if (seen.get(id) === html) return telegramNo(400, 'Bad Request: message is not modified');
    seen.set(id, html);
    return ok({ ok: true, result: { message_id: edited } });
  }
  const id = 500 + seen.size;
  seen.set(String(id), html);
  return ok({ ok: true, result: { message_id: id } });
};

const plainText = z.object({
  type: z.literal('plain_text'),
  text: z.string().min(1),
  emoji: z.literal(false),
});
const slackBody = z.object({
  text: z.string().min(1),
  blocks: z.array(
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('header'), text: plainText.extend({ text: z.string().min(1).max(150) }) }),
      z.object({ type: z.literal('section'), text: plainText.extend({ text: z.string().min(1).max(3000) }) }),
    ]),
  ),
});

const playSlack: Play = ({ path, text }, seen) => {
  if (path !== addresses.slack) return { status: 404, body: 'no_service' };
  const read = slackBody.safeParse(JSON.parse(text));
  if (!read.success) return { status: 400, body: 'invalid_blocks' };
  seen.set(
    String(seen.size),
    `${read.data.text}\n${read.data.blocks.map((block) => block.text.text).join('\n')}`,
  );
  return { status: 200, body: 'ok' };
};

const playMattermost: Play = ({ path, text }, seen) => {
  if (path !== addresses.mattermost)
    return {
      status: 400,
      body: { id: 'web.incoming_webhook.invalid.app_error', message: 'Invalid webhook.', status_code: 400 },
    };
  const read = z.object({ text: z.string().min(1).max(16_383) }).safeParse(JSON.parse(text));
  if (!read.success)
    return {
      status: 400,
      body: { id: 'web.incoming_webhook.text.app_error', message: 'No text specified.', status_code: 400 },
    };
  seen.set(String(seen.size), read.data.text);
  return { status: 200, body: 'ok' };
};

/** A receiver as "Standard Webhooks" wants it: checks the signature, and drops repetitions by their id. */
const playWebhook: Play = ({ path, headers, text }, seen) => {
  if (path !== addresses.webhook) return { status: 404, body: '' };
  const id = String(headers['webhook-id']);
  const key = Buffer.from(secrets.webhook.slice('whsec_'.length), 'base64');
  const signed = `${id}.${String(headers['webhook-timestamp'])}.${text}`;
  const wanted = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  if (headers['webhook-signature'] !== wanted) return { status: 401, body: 'bad signature' };
  const { incident, phase, title, body } = z
    .object({ incident: z.string(), phase: z.string(), title: z.string(), body: z.string() })
    .parse(JSON.parse(text));
  if (!id.startsWith(`${incident}.`)) return { status: 422, body: '' };
  seen.set(incident, `${phase} ${title}\n${body}`);
  return { status: 204, body: '' };
};

const plays: Readonly<Record<ChannelKind, Play>> = {
  discord: playDiscord,
  ntfy: playNtfy,
  gotify: playGotify,
  telegram: playTelegram,
  slack: playSlack,
  mattermost: playMattermost,
  webhook: playWebhook,
};

/** How each service says that the channel is no longer there. */
const goneAnswers: Readonly<Record<ChannelKind, Answered>> = {
  discord: { status: 404, body: { message: 'Unknown Webhook', code: 10_015 } },
  ntfy: { status: 403, body: { code: 40_301, http: 403, error: 'forbidden' } },
  gotify: { status: 401, body: { error: 'Unauthorized', errorCode: 401, errorDescription: 'invalid token' } },
  telegram: telegramNo(403, 'Forbidden: bot was blocked by the user'),
  slack: { status: 404, body: 'no_service' },
  mattermost: {
    status: 400,
    body: { id: 'web.incoming_webhook.invalid.app_error', message: 'Invalid webhook.', status_code: 400 },
  },
  webhook: { status: 410, body: '' },
};

export async function startChannelService(kind: ChannelKind): Promise<ChannelService> {
  const seen: Seen = new Map();
  const came: Came[] = [];
  const faults: Fault[] = [];
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = {
    origin,
    form: {
      address: `${origin}${addresses[kind]}`,
      token: tokens[kind] ?? '',
      recipient: kind === 'telegram' ? '-1007' : '',
    },
    seen,
    came,
    faults,
    isGone: false,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const { method = '', url: path = '', headers } = request;
    const message = { method, path, headers, text: Buffer.concat(parts).toString() };
    came.push(message);
    const fault = faults.shift();
    if (fault === undefined)
      return send(response, service.isGone ? goneAnswers[kind] : plays[kind](message, seen));
    if (fault === 'lost') plays[kind](message, seen);
    fail(response, fault);
  }

  function fail(response: ServerResponse, fault: Fault): void {
    switch (fault) {
      case 'busy':
        // In seconds. Discord and Telegram say the pause in the body as well.
        response.setHeader('retry-after', '30');
        return send(response, {
          status: 429,
          body: { ok: false, retry_after: 30, parameters: { retry_after: 30 } },
        });
      case 'broken':
        return send(response, { status: 500, body: '<html>oops</html>' });
      case 'redirect':
        response.setHeader('location', `${origin}/elsewhere`);
        return send(response, { status: 302, body: '' });
      case 'giant':
        return send(response, { status: 200, body: 'x'.repeat(200_000) });
      case 'hang':
        return;
      case 'reset':
      case 'lost':
        response.destroy();
    }
  }
  return service;
}

function send(response: ServerResponse, { status, body }: Answered): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' });
  response.end(isText ? body : JSON.stringify(body));
}
