import type { Notice } from '../../bridge/schema/feeds.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { Watchable } from '../base/observable.js';
import { sentence } from '../../messages/messages.js';

/** Report about an unusable file. */
export interface UnusableFile {
  readonly content:
    | 'settings'
    | 'memory'
    | 'histories'
    | 'accounts'
    | 'lastKnown'
    | 'transfers'
    | 'quiet'
    | 'channels'
    | 'rules'
    | 'rule-runs'
    | 'drafts'
    | 'edited'
    | 'history'
    | 'revisions';
  /** `newer` = written by a newer Perch; `parts` = the intact parts are used. */
  readonly why: 'damaged' | 'parts' | 'newer';
  /** New path of the old file. */
  readonly file: string;
}

/** Notices about Perch's own state for every window, until the user dismisses them. */
export class Notices extends Watchable<readonly Notice[]> {
  constructor() {
    super([]);
  }

  setAside({ content, why, file }: UnusableFile): void {
    this.#show(file, {
      message: sentence(`disk.${content}-${why}`),
      next: sentence('disk.kept-as', { file }),
    });
  }

  /** Parts of the history are lost; null = an unknown number of events. */
  historyDamaged(events: number | null): void {
    const message =
      events === null ? sentence('disk.history-dropped') : sentence('disk.events-lost', { count: events });
    this.#show('history-damage', { message, next: sentence('disk.history-dropped-next') });
  }

  /** The history can't be written at the moment, or can again. */
  historyTroubled(isSo: boolean): void {
    const [message, next] = [sentence('disk.history-unwritten'), sentence('disk.history-unwritten-next')];
    this.#show('history', isSo ? { message, next } : null);
  }

  /** Why the desktop shows no notifications; null = notifications work again. */
  notificationsFailed(why: string | null): void {
    const message = sentence('desktop.notifications-failed', { why: oneLine(why ?? '', 200) });
    const next = sentence('desktop.notifications-failed-next');
    this.#show('notifications', why === null ? null : { message, next });
  }

  /** Why a link can't be opened; null removes the notice. */
  linkRefused(why: Pick<Notice, 'message' | 'next'> | null): void {
    this.#show('link', why);
  }

  /** Whether this desktop shows no tray icon. */
  noTray(isSo: boolean): void {
    const [message, next] = [sentence('system.no-tray'), sentence('system.no-tray-next')];
    this.#show('no-tray', isSo ? { message, next } : null);
  }

  /** Perch runs on the substitute for the declared Electron, which has known security holes. */
  onOldEngine(version: string): void {
    const message = sentence('system.old-engine', { version });
    this.#show('old-engine', { message, next: sentence('system.old-engine-next') });
  }

  dismiss(id: string): void {
    this.#show(id, null);
  }

  /** Replaces the notice with this id, or removes it. */
  #show(id: string, notice: Omit<Notice, 'id'> | null): void {
    const others = this.current.filter((other) => other.id !== id);
    this.set(notice === null ? others : [...others, { id, ...notice }]);
  }
}
