import type { Notice } from '../../bridge/schema/feeds.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import { Observable } from '../base/observable.js';
import { sentence } from '../../messages/messages.js';

/** Report about an unusable file. */
export interface SetAside {
  readonly content: 'settings' | 'memory' | 'histories' | 'accounts' | 'lastKnown' | 'history';
  /** `newer` = written by a newer Perch; `parts` = the intact parts are used. */
  readonly why: 'damaged' | 'parts' | 'newer';
  /** New path of the old file. */
  readonly file: string;
}

const historyDamage = 'history-damage';
const historyTrouble = 'history';
const notificationTrouble = 'notifications';
const linkTrouble = 'link';
const noIcon = 'no-tray';

/** Notices about Perch's own state for every window, until the user dismisses them. */
export class Notices {
  readonly #all = new Observable<readonly Notice[]>([]);

  get current(): readonly Notice[] {
    return this.#all.value;
  }

  setAside({ content, why, file }: SetAside): void {
    const message = sentence(`disk.${content}-${why}`);
    this.#all.set([...this.current, { id: file, message, next: sentence('disk.kept-as', { file }) }]);
  }

  /** Parts of the history are lost; null = an unknown number of events. */
  historyDamaged(events: number | null): void {
    this.dismiss(historyDamage);
    const message =
      events === null ? sentence('disk.history-dropped') : sentence('disk.events-lost', { count: events });
    this.#all.set([
      ...this.current,
      { id: historyDamage, message, next: sentence('disk.history-dropped-next') },
    ]);
  }

  /** The history can't be written at the moment, or can again. */
  historyTroubled(isSo: boolean): void {
    this.dismiss(historyTrouble);
    if (!isSo) return;
    const message = sentence('disk.history-unwritten');
    this.#all.set([
      ...this.current,
      { id: historyTrouble, message, next: sentence('disk.history-unwritten-next') },
    ]);
  }

  /** Why the desktop shows no notifications; null = notifications work again. */
  notificationsFailed(why: string | null): void {
    this.dismiss(notificationTrouble);
    if (why === null) return;
    const message = sentence('desktop.notifications-failed', { why: oneLine(why, 200) });
    const next = sentence('desktop.notifications-failed-next');
    this.#all.set([...this.current, { id: notificationTrouble, message, next }]);
  }

  /** Why a link can't be opened; null removes the notice. */
  linkRefused(why: Pick<Notice, 'message' | 'next'> | null): void {
    this.dismiss(linkTrouble);
    if (why !== null) this.#all.set([...this.current, { id: linkTrouble, ...why }]);
  }

  /** Whether this desktop shows no tray icon. */
  noTray(isSo: boolean): void {
    this.dismiss(noIcon);
    if (!isSo) return;
    const message = sentence('system.no-tray');
    this.#all.set([...this.current, { id: noIcon, message, next: sentence('system.no-tray-next') }]);
  }

  dismiss(id: string): void {
    this.#all.set(this.current.filter((notice) => notice.id !== id));
  }

  /** Returns the function that ends listening. */
  listen(listener: (notices: readonly Notice[]) => void): () => void {
    return this.#all.listen(listener);
  }
}
