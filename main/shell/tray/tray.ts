import { isDeepStrictEqual } from 'node:util';
import { nativeTheme, type Rectangle } from 'electron';
import type { FleetState } from '../../../bridge/fleet/changes.js';
import { leftOutTest, type LeftOut } from '../../../bridge/fleet/left-out.js';
import { recentIds } from '../../../bridge/settings/visits.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { FleetStore } from '../../fleet/store.js';
import type { Clock } from '../../base/ports.js';
import type { Observable } from '../../base/observable.js';
import { Throttle } from '../../base/throttle.js';
import type { SettingsFile } from '../../disk/settings.js';
import { iconPath } from './icon-path.js';
import { iconShape } from './icon-shape.js';
import type { MenuAction, MenuModel } from './menu-entry.js';
import { menuModel } from './menu-model.js';
import { menuPace } from './menu-pace.js';
import { tooltip } from './tooltip.js';
import type { MakeTrayIcon, TrayIcon } from './tray-icon.js';

export interface TrayDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly settings: Pick<SettingsFile, 'current' | 'listen'>;
  /** Whoever is told when sentences are said in another language. */
  readonly language: { listen(listener: () => void): () => void };
  readonly clock: Clock;
  /** Holds `tray-<state>-<light|dark>.png` and `.ico`, named after the bar that they are for, and macOS's templates. */
  readonly iconsFolder: string;
  /** How many things have happened that the person has not looked at. */
  readonly unseen: Pick<Observable<number>, 'value' | 'listen'>;
  /** The ids of the servers that need attention. */
  readonly attention: Pick<Observable<ReadonlySet<string>>, 'value' | 'listen'>;
  /** Which version of Perch is ready to be installed. */
  readonly updates: { readonly ready: string | null; listen(listener: () => void): () => void };
  readonly platform: NodeJS.Platform;
  readonly developerTools: boolean;
  readonly makeIcon: MakeTrayIcon;
  /** Tells whether the desktop's panel is dark, null where nobody says so; returns the function that ends it. */
  readonly watchPanel: (told: (isDark: boolean | null) => void) => () => void;
  readonly onAction: (action: MenuAction) => void;
  /** A click on the icon; null where the desktop does not tell where it is. */
  readonly onClick: (bounds: Rectangle | null) => void;
}

const lookEveryMs = 1000;
/** Menu, tooltip and icon are worked out no more often: at the start of a large fleet changes come by the dozen. */
const selectEveryMs = 100;

/** The icon in the desktop's tray. The desktop hears only of what really changed. */
export class Tray {
  readonly #deps: TrayDeps;
  /** Made anew with another choice of the person alone. */
  #leftOut: { of: LeftOut; test: (server: Server) => boolean } | null = null;
  readonly #isLeftOut = (server: Server): boolean => {
    const of = this.#deps.settings.current.leftOutOfIcon;
    if (this.#leftOut?.of !== of) this.#leftOut = { of, test: leftOutTest(of) };
    return this.#leftOut.test(server);
  };
  /** Whether icon and tooltip know of a server. */
  readonly #isCounted = (server: Server): boolean => !this.#isLeftOut(server);
  readonly #states: Throttle<FleetState>;
  readonly #figures: Throttle<FleetState>;
  readonly #menu: Throttle<MenuModel>;
  readonly #tooltip: Throttle<string>;
  readonly #icon: Throttle<string>;
  #tray: TrayIcon | null = null;
  #isDarkPanel: boolean | null = null;
  #ends: (() => void)[] = [];

  constructor(deps: TrayDeps) {
    this.#deps = deps;
    // An entry that moves while somebody reads the menu is pressed by mistake (PLATFORM "Tray").
    const throttle = <T>(everyMs: number | (() => number), pass: (value: T) => void): Throttle<T> =>
      new Throttle({ clock: deps.clock, everyMs, pass, isSame: isDeepStrictEqual });
    const asMenu = (): number => menuPace(deps.store.state);
    this.#menu = throttle(asMenu, (model) => this.#tray?.setMenu(model));
    this.#tooltip = throttle(lookEveryMs, (text) => this.#tray?.setToolTip(text));
    this.#icon = throttle(lookEveryMs, (path) => this.#tray?.setImage(path));
    const { clock, platform } = deps;
    this.#states = new Throttle({ clock, everyMs: selectEveryMs, pass: (state) => this.#show(state) });
    this.#figures = new Throttle({
      clock,
      everyMs: lookEveryMs,
      pass: (state) => this.#tooltip.push(tooltip(state, platform, deps.unseen.value, this.#isCounted)),
    });
  }

  /** `first` = the icon that is there already; its picture follows like every other. */
  start(first: TrayIcon | null): void {
    const { store, settings, language, unseen, attention, updates, platform } = this.#deps;
    const tray = first ?? this.#deps.makeIcon(this.#iconOf(store.state));
    this.#tray = tray;
    tray.listen({
      click: () => this.#deps.onClick(this.bounds),
      pressed: (action) => this.#deps.onAction(action),
      menuOpen: (isOpen) => this.#menu.hold(isOpen),
    });
    const onTheme = (): void => this.#icon.push(this.#iconOf(store.state));
    nativeTheme.on('updated', onTheme);
    this.#ends = [
      store.listen(({ next, changes }) => {
        // Of figures only the tooltip tells: they come by the hundred a second where a fleet has thousands of servers.
        if (changes.some(({ kind }) => kind !== 'usage')) this.#states.push(next);
        else if (platform !== 'linux') this.#figures.push(next);
      }),
      settings.listen(() => this.#states.push(store.state)),
      language.listen(() => this.#states.push(store.state)),
      unseen.listen(() => this.#states.push(store.state)),
      attention.listen(() => this.#states.push(store.state)),
      updates.listen(() => this.#states.push(store.state)),
      () => void nativeTheme.off('updated', onTheme),
      this.#deps.watchPanel((isDark) => {
        this.#isDarkPanel = isDark;
        onTheme();
      }),
    ];
    this.#states.push(store.state);
  }

  /** Where the icon is; null where the desktop does not tell. */
  get bounds(): Rectangle | null {
    return this.#tray?.bounds ?? null;
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end();
    for (const throttle of [this.#states, this.#figures, this.#menu, this.#tooltip, this.#icon])
      throttle.drop();
    this.#tray?.destroy();
    this.#tray = null;
  }

  #show(state: FleetState): void {
    const { settings, platform, developerTools, unseen, attention, updates } = this.#deps;
    this.#tooltip.push(tooltip(state, platform, unseen.value, this.#isCounted));
    const { pins, groups, visits } = settings.current;
    const recent = recentIds(visits);
    const isLeftOut = this.#isLeftOut;
    const wishes = { pins, groups, recent, asks: settings.current, isLeftOut, developerTools };
    const told = { unseen: unseen.value, attention: attention.value, update: updates.ready };
    this.#menu.push(menuModel(state, { ...wishes, ...told }));
    this.#icon.push(this.#iconOf(state));
  }

  #iconOf(state: FleetState): string {
    const shape = iconShape(state, this.#isCounted);
    return iconPath(this.#deps.iconsFolder, shape, this.#deps.platform, this.#isDarkPanel);
  }
}
