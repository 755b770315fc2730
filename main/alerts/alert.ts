import type { AlertKind } from '../../bridge/alerts/alert-kinds.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Sentence } from '../../messages/messages.js';

/** Event that the user may want a notification for. */
export interface NotifiableEvent {
  readonly event: HistoryEvent;
  readonly kind: AlertKind;
}

/** Alert for the user. Its sentences get their language when they are shown. */
export interface Alert {
  /** An alert replaces the earlier alert with the same id. */
  readonly id: string;
  /** `wish` = a one-time alert that the user asked for. */
  readonly kind: AlertKind | 'wish';
  /** `over` = the trouble of an earlier alert has ended without an action. */
  readonly phase: 'news' | 'over';
  readonly accountId: string;
  /** Empty for an alert about a panel or a node. */
  readonly serverIds: readonly string[];
  /** Events of the log that the alert is about; empty for a one-time alert. */
  readonly eventIds: readonly string[];
  /** Wall-clock time in ms since the epoch. */
  readonly at: number;
  readonly title: Sentence;
  readonly body: Sentence;
}
