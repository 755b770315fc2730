/**
 * The address of a channel, as a person copies it from the service.
 * The address of a webhook and the topic of ntfy are secrets: everybody who knows the secret can write there.
 */
import { channelFields, type ChannelKind } from '../../bridge/alerts/channel-kinds.js';
import { bareHost } from '../../bridge/panel/bare-host.js';

/** The address of the service unless the person enters another address. */
const usualAddress: Partial<Record<ChannelKind, string>> = { telegram: 'https://api.telegram.org' };

/** Path of an address that each service hands out. */
const paths: Readonly<Record<ChannelKind, RegExp>> = {
  discord: /^\/api(?:\/v\d+)?\/webhooks\/\d+\/[\w-]+$/,
  ntfy: /^\/[\w-]{1,64}$/,
  gotify: /^(?:\/[\w.~-]+)*$/,
  telegram: /^(?:\/[\w.~-]+)*$/,
  slack: /^\/services(?:\/\w+)+$/,
  mattermost: /^(?:\/[\w.~-]+)*\/hooks\/\w+$/,
  webhook: /^/,
};

/** `http:` crosses no other network than that of this home or office. */
const privateHost =
  /^(?:localhost|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|::1|f[cd][\da-f]{2}:.*|[^.:]+|.+\.(?:local|lan|home\.arpa|internal))$/i;

/**
 * The address as Perch keeps it; null for a text that is no address of this service, and for `http:` to a host that is
 * not in a private network.
 */
export function channelAddress(kind: ChannelKind, typed: string): string | null {
  const text = typed.trim() === '' ? (usualAddress[kind] ?? '') : typed.trim();
  const full = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || /[\s\\]/.test(text) || !URL.canParse(full)) return null;
  const url = new URL(full);
  const isPlain = url.protocol === 'http:';
  if (!isPlain && url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '' || url.hash !== '') return null;
  if (isPlain && !privateHost.test(bareHost(url.hostname))) return null;
  const path = kind === 'webhook' ? url.pathname : url.pathname.replace(/\/+$/, '');
  if (!paths[kind].test(path)) return null;
  return `${url.origin}${path}${searchOf(kind, url)}`;
}

/** Discord names the thread of a channel in the address; the search of other services has no meaning. */
function searchOf(kind: ChannelKind, url: URL): string {
  if (kind === 'webhook') return url.search;
  const thread = kind === 'discord' ? (url.searchParams.get('thread_id') ?? '') : '';
  return /^\d+$/.test(thread) ? `?thread_id=${thread}` : '';
}

/** Whether the text can be a token of this service. An empty text is none. */
export function isChannelToken(kind: ChannelKind, text: string): boolean {
  if (text === '') return channelFields[kind].token !== 'needed';
  if (kind === 'telegram') return /^\d+:[\w-]{10,200}$/.test(text);
  return /^[\x21-\x7e]{4,300}$/.test(text);
}

/** Number of a chat, or the name of a public channel. */
export function isTelegramChat(text: string): boolean {
  return /^(?:-?\d{1,20}|@\w{3,64})$/.test(text);
}
