import type { Condition, Link, PowerSignal, PowerState } from '../../bridge/schema/domain.js';
import type { ServerMark } from '../../bridge/fleet/marks.js';
import type { Alert } from '../../main/alerts/alert.js';
import type { RunEnd } from './model/game-process.js';
import type { Timeline } from './timeline.js';

/** One moment of a server's row, in true time. */
export interface Shown {
  readonly at: number;
  /** `gone` = no row, `closed` = Perch is not running. */
  readonly mark: ServerMark | 'gone' | 'closed';
  readonly power: PowerState | null;
  readonly link: Link['kind'];
  readonly condition: Condition;
  /**
   * True if the row says that the server crashed, or went offline while Perch could not see it, and has not run since.
   */
  readonly hasEnded: boolean;
}

export interface ServerRecord {
  readonly id: string;
  readonly panel: string;
  readonly node: string;
  readonly states: Timeline<PowerState>;
  readonly conditions: Timeline<Condition>;
  readonly listed: Timeline<boolean>;
  /** Whether the disk is nearly full. */
  readonly fullDisk: Timeline<boolean>;
  readonly ends: readonly RunEnd[];
  readonly shown: Shown[];
}

export interface ServerAlert {
  readonly at: number;
  readonly serverId: string;
  /** Id of the alert's title. */
  readonly says: string;
}

/** One notification as shown, about any subject. */
export interface ShownAlert {
  readonly at: number;
  readonly id: string;
  readonly kind: Alert['kind'];
  readonly phase: Alert['phase'];
  readonly panel: string;
  readonly serverIds: readonly string[];
  /** Id of the title. */
  readonly says: string;
  /** Node named in the notification; null = none. */
  readonly node: string | null;
}

/** The person's signal or command, and its outcome. */
export interface Click {
  readonly id: number;
  readonly at: number;
  readonly serverId: string;
  readonly what: PowerSignal | { readonly command: string };
  /** State on the row at the click; `gone` = no row. */
  readonly power: PowerState | 'gone' | null;
  /** True for a click that is part of a bulk action. */
  readonly isBulk: boolean;
  /** Time when Perch reported the failure; null = not reported. */
  failedAt: number | null;
  /** Message ids of the reports, for the output. */
  said: string[];
  /** Times when the node carried out the click and the click changed something. */
  readonly doneAt: number[];
}

export interface Trouble {
  readonly from: number;
  readonly to: number;
  /** Name of the trouble. */
  readonly kind: string;
  /** Panel, node or server; null = all. */
  readonly where: string | null;
}

/** The players of a row from a moment on, in true time. */
export interface ShownCount {
  readonly at: number;
  /** null = unknown, or no row. */
  readonly count: number | null;
  /** Time of the game's number, according to the row. */
  readonly seenAt: number;
  /** State on the row. */
  readonly power: PowerState | null;
}

/** Games, Perch's questions to them, and its statements about their players. */
export interface PlayersRecord {
  /** True players, and whether datagrams get lost, by server. */
  readonly games: ReadonlyMap<
    string,
    { readonly players: Timeline<number>; readonly blocked: Timeline<boolean> }
  >;
  readonly counts: ReadonlyMap<string, readonly ShownCount[]>;
  readonly questions: readonly {
    readonly at: number;
    readonly serverId: string;
    /** Whether a window shows the server, or Perch asks before it stops the empty server. */
    readonly isInSight: boolean;
  }[];
  /** Signals that Perch sent because nobody was on for so many minutes. */
  readonly emptySignals: readonly {
    readonly at: number;
    readonly serverId: string;
    readonly minutes: number;
  }[];
  /** New entries of the event log about players and silent games. */
  readonly entries: readonly { readonly at: number; readonly serverId: string; readonly kind: string }[];
}

export interface OwnRefusal {
  readonly at: number;
  readonly panel: string;
  /** Which limit: the panel's general limit, or the token limit of one server. */
  readonly scope: 'panel' | 'websocket';
  /** Server of the token limit; null = the panel's general limit. */
  readonly serverId: string | null;
}

/** Things that remain after Perch has ended, such as timers and sockets, with their number. */
export type Leftovers = Readonly<Record<string, number>>;

/** All reports of Perch in one history, and the true states of its servers. */
export interface Transcript {
  readonly seed: number;
  /** Length of the history, in ms. */
  readonly ms: number;
  readonly servers: ReadonlyMap<string, ServerRecord>;
  /** Alerts about ends of servers; a follow-up of an earlier alert does not count. */
  readonly alerts: ServerAlert[];
  /** All alerts, if recorded. */
  readonly shownAlerts: ShownAlert[];
  readonly clicks: Click[];
  readonly troubles: Trouble[];
  /** Periods of sleep. */
  readonly sleeps: { readonly from: number; readonly to: number }[];
  /** Periods without a running Perch. */
  readonly restarts: readonly { readonly from: number; readonly to: number }[];
  /** Times when a panel refused Perch for too many requests although no other client used up the limit. */
  readonly ownRefusals: OwnRefusal[];
  /**
   * Times when the person opened a server's console or asked for a retry; these requests are sent regardless of the
   * limits.
   */
  readonly asks: { readonly at: number; readonly serverId: string }[];
  /** Requests that carried a key to an address other than its panel. */
  readonly strayKeys: { readonly at: number; readonly url: string }[];
  /** Differences from the truth at the end, some time after the last trouble. */
  readonly unsettled: readonly { readonly serverId: string; readonly what: string }[];
  readonly players: PlayersRecord;
  readonly leftovers: Leftovers;
  /** Uncaught errors. */
  readonly uncaught: string[];
  /** Readable list of the events. */
  readonly events: { readonly at: number; readonly text: string; readonly about: string | null }[];
}

/** A report of Perch that is false. */
export interface Violation {
  readonly rule: string;
  readonly at: number;
  /** Server, panel or node that the report is about; null = none. */
  readonly about: string | null;
  readonly what: string;
}

/** True time that is `ms` of waking time before another true time. */
export function wakingBefore({ sleeps }: Pick<Transcript, 'sleeps'>, at: number, ms: number): number {
  let from = at - ms;
  for (const sleep of [...sleeps].reverse()) {
    if (sleep.from >= at || sleep.to <= from) continue;
    from -= sleep.to - sleep.from;
  }
  return from;
}
