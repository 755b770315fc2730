import { nativeTheme, systemPreferences, type BrowserWindow } from 'electron';
import { pushChannel } from '../../../bridge/channels.js';
import { type Push } from '../../../bridge/schema/wire.js';
import { type View } from '../../../bridge/schema/view.js';
import { Alarm } from '../../base/alarm.js';
import { Observable } from '../../base/observable.js';
import type { Clock, Log } from '../../base/ports.js';
import { offerDeveloperTools } from './developer-tools.js';
import { firstSurface } from './first-surface.js';
import { PageHealth } from './page-health.js';
import type { PageWindow } from './page-window.js';
import { isPress } from './is-press.js';
import { offerZoom } from './zoom.js';

export interface PageDeps {
  readonly page: 'main' | 'popover';
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Log;
  readonly view: View;
  readonly made: PageWindow;
  readonly onEvent: (event: PageEvent) => void;
  /** True if F12 opens the developer tools. */
  readonly developerTools: boolean;
}

export type PageEvent =
  /** The page has become visible or invisible. */
  | { readonly kind: 'visibility'; readonly webContentsId: number; readonly visible: boolean }
  /** The user has pressed or released a key, a button or the screen in the page. */
  | { readonly kind: 'pressed'; readonly webContentsId: number }
  /** The page is gone: by navigation, a crash, or the end of its window. */
  | { readonly kind: 'left'; readonly webContentsId: number };

/** Time in ms after which a page that has drawn nothing is shown anyway, so that its error is visible. */
const shownAnywayMs = 5000;

/** One window with one page of Perch. Shown when the page has drawn its first picture. */
export class Page {
  readonly window: BrowserWindow;
  readonly id: number;
  /** The view that main wants the page to show. */
  readonly view: Observable<View>;
  /** Runs until the window is first shown. */
  readonly #showing: Alarm;
  readonly #health: PageHealth;
  #visible = true;
  #isMaximizedFirst = false;

  constructor(deps: PageDeps) {
    this.view = new Observable(deps.view);
    this.window = deps.made.window;
    this.window.setBackgroundColor(firstSurface(nativeTheme, () => systemPreferences.getColor('window')));
    this.id = this.window.webContents.id;
    this.#showing = new Alarm(deps.clock);
    const { page, clock, log } = deps;
    const contents = this.window.webContents;
    const left = (): void => deps.onEvent({ kind: 'left', webContentsId: this.id });
    this.#health = new PageHealth({ page, contents, clock, log, onGone: left, giveUp: () => this.destroy() });
    this.#follow(deps.onEvent, left);
    offerDeveloperTools(this.window.webContents, deps.developerTools);
    if (deps.page === 'main') offerZoom(this.window.webContents, deps.platform);
    void deps.made.fault.then((message) => {
      deps.log.error('window.not-loaded', { page: deps.page, message });
    });
    this.#showing.set(shownAnywayMs, () => this.show());
  }

  /** Opens the window maximised. Deferred until `show`, because maximising shows the window at once. */
  maximizeFirst(): void {
    this.#isMaximizedFirst = true;
  }

  /** Shows the window in front. */
  show(): void {
    this.#showing.clear();
    if (this.#isMaximizedFirst) this.window.maximize();
    this.#isMaximizedFirst = false;
    this.window.show();
    this.window.focus();
  }

  /** The page has drawn its first picture. A reloaded page calls this again. */
  drawn(): void {
    this.#health.drawn();
    if (this.#showing.isSet) this.show();
  }

  /** True from the start, because a page draws its first picture before its window is shown. */
  get visible(): boolean {
    return this.#visible && !this.window.isDestroyed();
  }

  /** Zoom factor of the page. The popover follows the zoom of the main window. */
  get zoom(): number {
    return this.window.webContents.getZoomFactor();
  }

  push(push: Push): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(pushChannel, push);
  }

  destroy(): void {
    if (!this.window.isDestroyed()) this.window.destroy();
  }

  #follow(onEvent: PageDeps['onEvent'], left: () => void): void {
    const setVisible = (visible: boolean): void => {
      if (this.#visible === visible) return;
      this.#visible = visible;
      onEvent({ kind: 'visibility', webContentsId: this.id, visible });
    };
    this.window.on('show', () => setVisible(true));
    this.window.on('restore', () => setVisible(true));
    this.window.on('hide', () => setVisible(false));
    this.window.on('minimize', () => setVisible(false));
    this.window.on('closed', () => {
      this.#showing.clear();
      this.#health.stop();
      left();
    });
    const { webContents } = this.window;
    webContents.on('input-event', (_event, input) => {
      if (isPress(input)) onEvent({ kind: 'pressed', webContentsId: this.id });
    });
    webContents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) left();
    });
    this.#health.watch();
  }
}
