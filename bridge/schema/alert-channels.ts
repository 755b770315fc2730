/** Channels that take alerts to a person elsewhere, and the calls about them. Nothing here holds a secret. */
import * as z from 'zod';
import { alertKinds } from '../alerts/alert-kinds.js';
import { channelKinds } from '../alerts/channel-kinds.js';
import { mostKept } from '../settings/settings-limits.js';
import { alertScopeSchema, alertSwitchesSchema } from './alerts.js';
import { problemSchema } from './problem.js';
import { boardRecordSchema, statusBoardSchema } from './status-board.js';

const channelId = z.string().min(1).max(64);
const channelName = z.string().trim().min(1).max(60);
const keyStorage = z.enum(['keychain', 'memory']);

/** Whether alerts about a panel, a group or a server go to the channel. The narrowest scope wins. */
const channelRuleSchema = z.object({ scope: alertScopeSchema, isOn: z.boolean() });

export const alertChannelSchema = z.object({
  id: channelId,
  kind: z.enum(channelKinds),
  name: channelName,
  /** Scheme, host and port of the service. The rest of the address is a secret and lies in the keychain. */
  origin: z.string().max(300),
  /** The last four letters of the secret, so that a person recognises the channel; empty for a short secret. */
  ending: z.string().max(4),
  /** `memory` = the secret is gone after a restart. */
  keyStorage,
  isOn: z.boolean(),
  /** Kinds of alerts by name: false = does not go to the channel; true or missing = goes to the channel. */
  switches: alertSwitchesSchema,
  rules: z.array(channelRuleSchema).max(mostKept.rules),
  /** JSON that a plain webhook sends, with `{{field}}` for values; null = the usual fields. */
  template: z.string().max(4000).nullable(),
  /** Only Discord has one; null = none. */
  board: statusBoardSchema.nullable().default(null),
});
export type AlertChannel = z.infer<typeof alertChannelSchema>;

/** Text of one message. */
const postTextSchema = z.object({ title: z.string().max(300), body: z.string().max(1000) });
export type PostText = z.infer<typeof postTextSchema>;

/** Events of one message that are noted: more than the servers of a node. */
export const mostEvents = 500;

/** The message of a channel about one incident. Kept on disk until the service has taken the last text. */
export const channelPostSchema = z.object({
  /** Random. Services that know repetitions recognise the message by this id. */
  id: z.string().min(1).max(64),
  channelId,
  /** Id of the alert; later texts of an alert change its message. */
  alertId: z.string().min(1).max(500),
  kind: z.enum([...alertKinds, 'wish']),
  /** Event in the log that ends the incident after a restart of Perch; null = several events. */
  eventId: z.string().max(300).nullable(),
  /** Events whose log entry records the messages to the channel. */
  eventIds: z.array(z.string().max(300)).max(mostEvents).default([]),
  isUrgent: z.boolean(),
  /** When the incident began. Wall-clock times, ms since the epoch. */
  at: z.number(),
  /** Since when the newest text waits. */
  changedAt: z.number(),
  news: postTextSchema,
  /** Text after the end; null = the incident lasts, or has no end. */
  end: postTextSchema.nullable(),
  /** Counts texts. The newest is sent when `sent` equals `version`. */
  version: z.number().int().min(1),
  sent: z.number().int().min(0),
  /** Id of the message at the service, to edit the message; null = not sent, or no edits. */
  reference: z.string().max(200).nullable(),
});
export type ChannelPost = z.infer<typeof channelPostSchema>;

/** Outcome of a message: new, edited, or not sent because the message was refused or too old. */
const channelMessageSchema = z.object({
  at: z.number(),
  title: z.string().max(300),
  outcome: z.enum(['sent', 'edited', 'refused', 'too-old', 'too-many']),
});
export type ChannelMessage = z.infer<typeof channelMessageSchema>;

/** State of one channel beyond its settings, kept on disk. */
export const channelRecordSchema = z.object({
  channelId,
  /** Why the channel is paused; null = the channel is not paused. */
  paused: problemSchema.nullable(),
  /** Newest first. */
  deliveries: z.array(channelMessageSchema).max(20),
  /** null = the channel never had a status board. */
  board: boardRecordSchema.nullable().default(null),
});
export type ChannelRecord = z.infer<typeof channelRecordSchema>;

/** State of a channel for windows. */
export const channelStateSchema = channelRecordSchema.extend({
  /** Messages that still wait for the service. */
  waiting: z.number().int(),
  /** Why the last attempt failed, while Perch keeps trying. */
  problem: problemSchema.nullable(),
  /** Why the status board is not up to date, while Perch keeps trying. */
  boardProblem: problemSchema.nullable(),
});
export type ChannelState = z.infer<typeof channelStateSchema>;

const channelRef = z.object({ id: channelId });

export const channelContract = {
  /**
   * Sets a channel up: sends a test message, and keeps the channel only if the service took the message. Rejects with
   * `invalid` and the field (`address`, `token`, `recipient`, `template`), with the service's refusal, or with a problem
   * of the keychain.
   */
  'channels.add': {
    input: z.object({
      kind: z.enum(channelKinds),
      name: channelName,
      address: z.string().max(1000),
      /** Empty = none. */
      token: z.string().max(300),
      /** Chat of Telegram. */
      recipient: z.string().max(100),
      template: z.string().max(4000).nullable(),
      keep: keyStorage,
    }),
    output: z.void(),
  },
  'channels.change': {
    input: channelRef.extend({
      name: channelName.optional(),
      isOn: z.boolean().optional(),
      /** Only the kinds that change: another change may be on its way. */
      switches: alertSwitchesSchema.optional(),
    }),
    output: z.void(),
  },
  /** Whether a scope's alerts go to the channel; null = as the wider scope says. */
  'channels.setRule': {
    input: channelRef.extend({ scope: alertScopeSchema, isOn: z.boolean().nullable() }),
    output: z.void(),
  },
  /**
   * The status board of a Discord channel; null = Perch no longer changes the message. Rejects with `invalid` for other
   * services.
   */
  'channels.setBoard': {
    input: channelRef.extend({ board: statusBoardSchema.nullable() }),
    output: z.void(),
  },
  /** Sends a test message now. Rejects with the service's refusal. */
  'channels.test': { input: channelRef, output: z.void() },
  /** Resumes a paused channel, and posts a new status board if the old board has stopped. */
  'channels.resume': { input: channelRef, output: z.void() },
  /** Removes the channel with its secret. Waiting messages are dropped. */
  'channels.remove': { input: channelRef, output: z.void() },
};
