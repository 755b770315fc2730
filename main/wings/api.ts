/** Public types of a live session with Wings, for the fleet. */
import type { Link, PowerSignal, PowerState, Usage } from '../../bridge/schema/domain.js';
import type { ConsoleLine } from '../../bridge/schema/console-line.js';
import type { Crash } from '../../bridge/schema/process-end.js';
import type { Problem } from '../../bridge/errors.js';
import type { Sentence } from '../../messages/messages.js';
import type { ServerFact } from '../base/server-fact.js';

/**
 * Subject of a notice: `signal` = the last power signal was not carried out; `commands` = one or more accepted commands
 * were not sent.
 */
export type NoticeAbout = 'signal' | 'commands' | 'other';

/** A `refused` link without a retry time: whoever owns the session decides when to start again. */
export type SessionLink = Exclude<Link, { kind: 'refused' }> | { kind: 'refused'; problem: Problem };

/** Something that the user sent, as sent to the node. */
export type SentByPerson =
  | { readonly kind: 'signal'; readonly signal: PowerSignal }
  | { readonly kind: 'commands'; readonly commands: readonly string[] };

/** Something that a session reports to its owner. */
export type SessionEvent =
  /** Connection state. `refused` = the session gave up until the next `start()`. */
  | { readonly kind: 'link'; readonly link: SessionLink }
  | { readonly kind: 'power'; readonly power: PowerState }
  | { readonly kind: 'usage'; readonly usage: Usage }
  | { readonly kind: 'lines'; readonly lines: readonly Omit<ConsoleLine, 'seq'>[] }
  /** Wings printed crash lines. The exit code is null if that line is missing. */
  | { readonly kind: 'crashed'; readonly crash: Crash }
  /** The permissions in the session's token (PROTOCOL 4.2). */
  | { readonly kind: 'permissions'; readonly permissions: string[] }
  /**
   * The server's condition changed (installation, transfer, restoration, suspension). Only the panel has the details,
   * so read the server again.
   */
  | { readonly kind: 'server-changed' }
  /** An event for the event log, without effect on the server's state. */
  | { readonly kind: 'happened'; readonly fact: ServerFact }
  /** The node no longer has the server. */
  | { readonly kind: 'deleted' }
  /** A `daemon error` or a refusal to show to the user. */
  | { readonly kind: 'notice'; readonly text: Sentence; readonly about: NoticeAbout }
  /**
   * The node named a problem of the server: the text of a refusal, or a console line that Pelican matched
   * (PROTOCOL 8.4.5).
   */
  | { readonly kind: 'symptom'; readonly line: string; readonly feature: string | null }
  /** The node read the last power signal. */
  | { readonly kind: 'signal-read' }
  /** The connection ended before the node confirmed reading this message: the node may have carried it out. */
  | { readonly kind: 'unsure'; readonly sent: SentByPerson };

export type TellSessionEvent = (event: SessionEvent) => void;

/** One websocket session of one server. Created stopped. */
export interface LiveSession {
  start(): void;
  stop(): void;
  /**
   * Sends a power signal over the socket. Returns false if the session is not live; then use REST.
   * A signal that the node refuses because of an invalid token goes out once more with the next token, or a notice says
   * why not. If the node does not confirm reading the signal within 5 s, the connection is reset so that the signal
   * can't be carried out late.
   */
  sendPower(signal: PowerSignal): boolean;
  /**
   * Sends a command. Returns false if the session is not live, lacks the permission, or the frame is too long (4
   * KB); then use REST.
   * A command never goes out twice and never waits for a new token: it would run after commands that went by REST
   * meanwhile. Commands that the node refused because of an invalid token, and queued commands, are dropped with one
   * notice.
   */
  sendCommand(command: string): boolean;
  /** True if this command was sent a while ago and the node has not confirmed reading it. */
  isUnread(command: string): boolean;
  /** Back-pressure: stops reading from the socket while windows can't keep up. */
  setPaused(paused: boolean): void;
  /** Checks a connection that may be dead, after sleep or a network change. */
  suspect(): void;
  /** Retries a pending connection or token request at once, at the user's request. */
  hurry(): void;
}
