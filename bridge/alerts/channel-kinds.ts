/** Services that take alerts. Each service has a file in `main/channels`. */
export const channelKinds = [
  'discord',
  'ntfy',
  'gotify',
  'telegram',
  'slack',
  'mattermost',
  'webhook',
] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** Which fields a service needs beside its address. */
export const channelFields: Readonly<
  Record<
    ChannelKind,
    { readonly address: boolean; readonly token: 'none' | 'optional' | 'needed'; readonly recipient: boolean }
  >
> = {
  discord: { address: true, token: 'none', recipient: false },
  ntfy: { address: true, token: 'optional', recipient: false },
  gotify: { address: true, token: 'needed', recipient: false },
  telegram: { address: false, token: 'needed', recipient: true },
  slack: { address: true, token: 'none', recipient: false },
  mattermost: { address: true, token: 'none', recipient: false },
  webhook: { address: true, token: 'optional', recipient: false },
};

/** Names that the JSON of a plain webhook may use, as `{{title}}`. */
export const templateFields = ['incident', 'phase', 'kind', 'title', 'body', 'at', 'urgent'] as const;
