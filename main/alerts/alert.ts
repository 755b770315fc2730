import type { AlertKind } from '../../bridge/alerts/alert-kinds.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Sentence } from '../../messages/messages.js';

/** An entry of the log that a person may want to be told of. */
export interface News {
  readonly event: HistoryEvent;
  readonly kind: AlertKind;
}

/** What a person is told. Its words are said when it is shown. */
export interface Alert {
  /** One that has the id of an earlier one takes its place. */
  readonly id: string;
  /** `wish` = the person has asked for it, once. */
  readonly kind: AlertKind | 'wish';
  /** `over` = what an earlier alert told has ended by itself. */
  readonly phase: 'news' | 'over';
  readonly accountId: string;
  /** None where it is about a panel or a node. */
  readonly serverIds: readonly string[];
  /** The system's time. */
  readonly at: number;
  readonly title: Sentence;
  readonly body: Sentence;
}
