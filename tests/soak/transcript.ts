import type { Condition, Link, PowerSignal, PowerState } from '../../bridge/schema/domain.js';
import type { ServerMark } from '../../bridge/fleet/marks.js';
import type { Alert } from '../../main/alerts/alert.js';
import type { RunEnd } from './model/game-process.js';
import type { Timeline } from './timeline.js';

/** One moment of a server's row. Times are true ones. */
export interface Shown {
  readonly at: number;
  /** `gone` = there is no row, `closed` = Perch is not running. */
  readonly mark: ServerMark | 'gone' | 'closed';
  readonly power: PowerState | null;
  readonly link: Link['kind'];
  readonly condition: Condition;
  /** The row says that it crashed, or went offline unseen, and has not run since. */
  readonly hasEnded: boolean;
}

export interface ServerRecord {
  readonly id: string;
  readonly panel: string;
  readonly node: string;
  readonly states: Timeline<PowerState>;
  readonly conditions: Timeline<Condition>;
  readonly listed: Timeline<boolean>;
  /** Whether its disk is nearly full. */
  readonly fullDisk: Timeline<boolean>;
  readonly ends: readonly RunEnd[];
  readonly shown: Shown[];
}

export interface SaidAlert {
  readonly at: number;
  readonly serverId: string;
  /** Id of its title. */
  readonly says: string;
}

/** One notification as it was shown, whatever it is about. */
export interface ShownAlert {
  readonly at: number;
  readonly id: string;
  readonly kind: Alert['kind'];
  readonly phase: Alert['phase'];
  readonly panel: string;
  readonly serverIds: readonly string[];
  /** Id of its title. */
  readonly says: string;
  /** The node that it names; null where it names none. */
  readonly node: string | null;
}

/** A signal or command that the person gave, and what came of it. */
export interface Click {
  readonly id: number;
  readonly at: number;
  readonly serverId: string;
  readonly what: PowerSignal | { readonly command: string };
  /** What the row said when it was sent; `gone` = there was none. */
  readonly power: PowerState | 'gone' | null;
  /** As one of many. */
  readonly isBulk: boolean;
  /** When Perch said that it had come to nothing; null where it did not. */
  failedAt: number | null;
  /** The words' ids, for the report. */
  said: string[];
  /** When the node carried it out, and changed something by it. */
  readonly doneAt: number[];
}

export interface Trouble {
  readonly from: number;
  readonly to: number;
  /** Name of what went wrong. */
  readonly kind: string;
  /** A panel, a node, or a server; null where it was everything. */
  readonly where: string | null;
}

export interface OwnRefusal {
  readonly at: number;
  readonly panel: string;
  /** Which limit: the panel's own, or that of one server's tokens. */
  readonly scope: 'panel' | 'websocket';
  /** Null where it was the panel's limit. */
  readonly serverId: string | null;
}

/** How many of what are still there after Perch has ended, such as timers and sockets. */
export type Leftovers = Readonly<Record<string, number>>;

/** Everything that was said and everything that was true, in one history. */
export interface Transcript {
  readonly seed: number;
  /** How long it was. */
  readonly ms: number;
  readonly servers: ReadonlyMap<string, ServerRecord>;
  /** Of ends of servers; what says more of one that was told is no other. */
  readonly alerts: SaidAlert[];
  /** All of them, where they were written down. */
  readonly shownAlerts: ShownAlert[];
  readonly clicks: Click[];
  readonly troubles: Trouble[];
  /** When the computer slept. */
  readonly sleeps: { readonly from: number; readonly to: number }[];
  /** When Perch was not running. */
  readonly restarts: readonly { readonly from: number; readonly to: number }[];
  /** When Perch was refused for asking too often, and nobody else had used the limit up. */
  readonly ownRefusals: OwnRefusal[];
  /** When the person opened a server's console or asked for it to be tried again: that is sent whatever was sent before. */
  readonly asks: { readonly at: number; readonly serverId: string }[];
  /** Requests with a key that went elsewhere than to the panel of that key. */
  readonly strayKeys: { readonly at: number; readonly url: string }[];
  /** What differs from the truth at the end, a while after the last trouble. */
  readonly unsettled: readonly { readonly serverId: string; readonly what: string }[];
  readonly leftovers: Leftovers;
  /** Errors that nobody caught. */
  readonly uncaught: string[];
  /** What happened, for people. */
  readonly events: { readonly at: number; readonly text: string; readonly about: string | null }[];
}

/** Something that was said and is not so. */
export interface Violation {
  readonly rule: string;
  readonly at: number;
  /** Server, panel or node. */
  readonly about: string | null;
  readonly what: string;
}

/** The true time that lies so much waking time before another one. */
export function wakingBefore({ sleeps }: Pick<Transcript, 'sleeps'>, at: number, ms: number): number {
  let from = at - ms;
  for (const sleep of [...sleeps].reverse()) {
    if (sleep.from >= at || sleep.to <= from) continue;
    from -= sleep.to - sleep.from;
  }
  return from;
}
