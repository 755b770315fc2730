/** Calls about channels. The settings hold each channel without its secret. */
import { oneLine } from '../../bridge/console/plain-line.js';
import { channelFields } from '../../bridge/alerts/channel-kinds.js';
import { withChannelRule } from '../../bridge/alerts/channel-choice.js';
import { PerchError, newProblem } from '../../bridge/errors.js';
import type { AlertChannel } from '../../bridge/schema/alert-channels.js';
import type { HandlerInput } from '../../bridge/schema/contract.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { sentence } from '../../messages/messages.js';
import type { CallTable } from '../base/calls.js';
import { channelAddress, isChannelToken, isTelegramChat } from '../base/channel-address.js';
import { parseJson } from '../base/json.js';
import type { Log } from '../base/ports.js';
import { wrongField } from './channel-failures.js';
import type { ChannelSecret } from './channel-sender.js';
import type { ChannelSecrets } from './channel-secrets.js';
import type { Channels } from './channels.js';
import { unknownField } from './webhook-template.js';

export interface ChannelCallsDeps {
  readonly channels: Channels;
  readonly secrets: ChannelSecrets;
  readonly log: Log;
  readonly settings: {
    readonly current: Pick<Settings, 'channels'>;
    update(change: (now: Settings) => Partial<Settings> | null): Promise<unknown>;
  };
  readonly newId: () => string;
}

export function channelCalls({ channels, secrets, log, settings, newId }: ChannelCallsDeps) {
  const change = async (id: string, changed: (channel: AlertChannel) => AlertChannel): Promise<void> => {
    const all = (now: Settings): AlertChannel[] =>
      now.channels.map((channel) => (channel.id === id ? changed(channel) : channel));
    await settings.update((now) => ({ channels: all(now) }));
  };
  const find = (id: string): AlertChannel => {
    const channel = settings.current.channels.find((one) => one.id === id);
    if (channel === undefined) throw new PerchError(newProblem('not-found', sentence('channels.unknown')));
    return channel;
  };
  return {
    'channels.add': async (wanted) => {
      if (settings.current.channels.length >= mostKept.channels)
        throw new PerchError(newProblem('invalid', sentence('channels.too-many')));
      const secret = secretOf(wanted);
      const channel = channelOf(wanted, secret, newId());
      await channels.test(channel, secret);
      await secrets.store(channel, secret);
      try {
        await settings.update((now) => ({ channels: [...now.channels, channel] }));
      } catch (error) {
        await secrets.forget(channel).catch(() => log.warn('channels.secret-stays'));
        throw error;
      }
      log.info('channels.added', { service: channel.kind });
    },
    'channels.change': ({ id, name, isOn, switches }) =>
      change(id, (channel) => ({
        ...channel,
        name: name === undefined ? channel.name : oneLine(name, 60),
        isOn: isOn ?? channel.isOn,
        switches: { ...channel.switches, ...switches },
      })),
    'channels.setRule': ({ id, scope, isOn }) =>
      change(id, (channel) => ({ ...channel, rules: withChannelRule(channel.rules, scope, isOn) })),
    'channels.setBoard': async ({ id, board }) => {
      const { kind, board: before } = find(id);
      if (kind !== 'discord') throw new PerchError(newProblem('invalid', sentence('status-board.not-here')));
      await change(id, (channel) => ({ ...channel, board }));
      // A board that is switched on again starts over, whatever stopped the board before.
      if (before === null && board !== null) channels.renewBoard(id);
    },
    'channels.test': ({ id }) => {
      const channel = find(id);
      return secrets.use(channel, (secret) => channels.test(channel, secret));
    },
    'channels.resume': ({ id }) => channels.resume(id),
    'channels.remove': async ({ id }) => {
      const channel = find(id);
      await settings.update((now) => ({ channels: now.channels.filter((one) => one.id !== id) }));
      channels.forget(id);
      await secrets.forget(channel).catch(() => log.warn('channels.secret-stays'));
    },
  } satisfies CallTable;
}

type Wanted = HandlerInput<'channels.add'>;

function secretOf({ kind, address, token, recipient, template }: Wanted): ChannelSecret {
  const kept = channelAddress(kind, address);
  if (kept === null) throw wrongField('address', `channels.address-wrong-${kind}`);
  const trimmed = channelFields[kind].token === 'none' ? '' : token.trim();
  if (!isChannelToken(kind, trimmed)) throw wrongField('token', 'channels.token-wrong');
  const chat = channelFields[kind].recipient ? recipient.trim() : '';
  if (channelFields[kind].recipient && !isTelegramChat(chat))
    throw wrongField('recipient', 'channels.recipient-wrong');
  if (template !== null && (parseJson(template) === undefined || unknownField(template) !== null))
    throw wrongField('template', 'channels.template-wrong');
  return { address: kept, token: trimmed, recipient: chat };
}

/** Characters of a shorter secret stay unknown, because four would tell too much. */
const fewestToTell = 12;

function endingOf(secret: string): string {
  return secret.length < fewestToTell ? '' : secret.slice(-4);
}

function channelOf({ kind, name, template, keep }: Wanted, secret: ChannelSecret, id: string): AlertChannel {
  const { address, token } = secret;
  return {
    id,
    kind,
    name: oneLine(name, 60),
    origin: new URL(address).origin,
    ending: endingOf(token === '' ? address.slice(address.lastIndexOf('/') + 1) : token),
    keyStorage: keep,
    isOn: true,
    switches: {},
    rules: [],
    template: kind === 'webhook' ? template : null,
    board: null,
  };
}
