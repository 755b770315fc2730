/** Sends alerts to a service: one file for each service implements `ChannelSender`. */
import type { ChannelPost, PostText } from '../../bridge/schema/alert-channels.js';
import type { HttpRequest, HttpResponse } from '../base/network-ports.js';

/** The secret part of a channel. It lies in the keychain. */
export interface ChannelSecret {
  /** Full address; for ntfy with the topic. */
  readonly address: string;
  /** Empty = none. Of a plain webhook the key of the signature. */
  readonly token: string;
  /** Chat of Telegram; empty otherwise. */
  readonly recipient: string;
}

/** A message as it goes out. Title and body are plain text; each service escapes them for its own markup. */
export interface Message extends PostText {
  /** The same for each attempt and each edit. */
  readonly id: string;
  /** Counts the texts of this message, from 1. */
  readonly version: number;
  readonly phase: 'news' | 'over' | 'test';
  readonly kind: ChannelPost['kind'] | 'test';
  readonly isUrgent: boolean;
  /** When the incident began. Wall-clock time, ms since the epoch. */
  readonly at: number;
}

/** Message with the facts of one attempt. */
export interface SendAttempt {
  readonly secret: ChannelSecret;
  readonly message: Message;
  /** Id of the message to edit at the service; null = a new message. */
  readonly edits: string | null;
  /** JSON of a plain webhook with fields; null = the usual one. */
  readonly template: string | null;
  /** Wall-clock time of the attempt, ms since the epoch. */
  readonly now: number;
}

/** Outcome of an attempt. `why` = the service's own words, which are hostile. */
export type SendVerdict =
  /** The service has the message. `reference` = its id there, for edits. */
  | { readonly is: 'taken'; readonly reference: string | null }
  /** The message to edit is gone: a person deleted the message. */
  | { readonly is: 'gone' }
  /** Not now. `afterMs` = the service's wish; null = none. */
  | { readonly is: 'later'; readonly afterMs: number | null }
  /** The channel is refused for good: wrong key, deleted webhook, another address. */
  | { readonly is: 'refused'; readonly why: string }
  /** The service refuses this message and may take another. */
  | { readonly is: 'unfit'; readonly why: string };

/** Answer of a service, and the wall-clock time at which it came. */
export interface Answer extends Pick<HttpResponse, 'status' | 'headers' | 'body'> {
  readonly now: number;
}

export interface ChannelSender {
  readonly can: {
    /** The message of an incident changes when the incident ends. Otherwise the end is a second message. */
    readonly edit: boolean;
    /** The service or its receiver recognises a repeated message by its id, so no repetition shows twice. */
    readonly once: boolean;
    /** Most characters of the body. */
    readonly letters: number;
  };
  request(attempt: SendAttempt): Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'>;
  judge(answer: Answer, attempt: Pick<SendAttempt, 'edits'>): SendVerdict;
}

export const jsonHeaders = { 'content-type': 'application/json' };
