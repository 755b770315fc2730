import type { ChannelKind } from '../../bridge/alerts/channel-kinds.js';
import type { ChannelSender } from './channel-sender.js';
import { discord } from './discord.js';
import { gotify } from './gotify.js';
import { mattermost, slack } from './incoming-webhook.js';
import { ntfy } from './ntfy.js';
import { telegram } from './telegram.js';
import { webhook } from './webhook.js';

export const senders: Readonly<Record<ChannelKind, ChannelSender>> = {
  discord,
  ntfy,
  gotify,
  telegram,
  slack,
  mattermost,
  webhook,
};
