/** What the fleet sees of a live session with Wings. */
import type { ConsoleLine, Link, PowerSignal, PowerState, Usage } from '../../bridge/schema/domain.js';
import type { Problem } from '../../bridge/errors.js';
import type { Sentence } from '../../messages/messages.js';
import type { NodeFact } from '../base/server-fact.js';

/** `signal` = the power signal sent last comes to nothing; `commands` = one or more that were taken were not sent. */
export type NoticeAbout = 'signal' | 'commands' | 'other';

/** When a session that gave up is started again is not its own business. */
export type SessionLink = Exclude<Link, { kind: 'refused' }> | { kind: 'refused'; problem: Problem };

/** What a person sent, as it went out. */
export type SentByPerson =
  | { readonly kind: 'signal'; readonly signal: PowerSignal }
  | { readonly kind: 'commands'; readonly commands: readonly string[] };

export interface SessionListener {
  /** `refused` = it has given up, and only `start()` begins again. */
  link(link: SessionLink): void;
  power(state: PowerState): void;
  usage(usage: Usage): void;
  lines(lines: Omit<ConsoleLine, 'seq'>[]): void;
  /** Wings's crash lines were seen; `exitCode` null where the line did not come. */
  crashed(facts: { exitCode: number | null; outOfMemory: boolean; isGivenUp?: true }): void;
  /** Permissions frozen in the token of this session (PROTOCOL 4.2). */
  permissions(permissions: string[]): void;
  /** Something changed that only the panel can describe (installation, transfer, restoration, suspension): read the server again. */
  serverChanged(): void;
  /** Something that is worth remembering, and changes nothing. */
  happened(fact: NodeFact): void;
  /** The server is gone from this node. */
  deleted(): void;
  /** A `daemon error` or a refusal that a person should read. */
  notice(text: Sentence, about: NoticeAbout): void;
  /** The node names what is wrong with the server: the text of a refusal, or a line that Pelican's has found (PROTOCOL 8.4.5). */
  symptom(line: string, feature: string | null): void;
  /** The node has read the power signal that was sent last. */
  signalRead(): void;
  /** The connection was lost before the node had shown that it read this: it may have been carried out. */
  unsure(sent: SentByPerson): void;
}

/** One socket of one server; created stopped. */
export interface LiveSession {
  start(): void;
  stop(): void;
  /**
   * Power over the socket when live, with feedback; false when the socket is not live and REST has to do it. What the
   * node refuses for a void token goes out once more with the next token, or a notice says why not. A node that does not
   * show within 5 s that it has read the signal is disconnected, so that it can't be carried out late.
   */
  sendPower(signal: PowerSignal): boolean;
  /**
   * False when not live, not permitted, or longer than a frame may be (4 KB): use REST. No command goes out twice, and
   * none waits for a new token, because it would follow behind what went by REST meanwhile: those that the node refuses
   * for a void token, and those that were still to be sent, are given up, and one notice says so.
   */
  sendCommand(command: string): boolean;
  /** This command was sent a while ago, and the node was not seen to read it yet. */
  isUnread(command: string): boolean;
  /** Back-pressure: stop reading while windows are behind. */
  setPaused(paused: boolean): void;
  /** After sleep or a change of network: the socket is suspected dead. */
  suspect(): void;
  /** The person asks: whatever is waited for, a connection or a token, is tried at once. */
  hurry(): void;
}
