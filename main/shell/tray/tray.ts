import { isDeepStrictEqual } from 'node:util';
import { nativeTheme, type Rectangle } from 'electron';
import type { FleetState } from '../../../bridge/fleet/changes.js';
import { leftOutTest, type LeftOut } from '../../../bridge/fleet/left-out.js';
import { isFiguresOnly } from '../../../bridge/fleet/figures-only.js';
import { recentIds } from '../../../bridge/settings/visits.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { Transfer } from '../../../bridge/schema/transfers.js';
import type { FleetStore } from '../../fleet/store.js';
import type { Clock } from '../../base/ports.js';
import type { Observable } from '../../base/observable.js';
import { Throttle } from '../../base/throttle.js';
import type { MemoryFile } from '../../disk/memory.js';
import type { SettingsFile } from '../../disk/settings.js';
import { iconPath } from './icon-path.js';
import { iconShape } from './icon-shape.js';
import type { TrayAction, MenuModel } from './menu-entry.js';
import { menuModel } from './menu-model.js';
import { menuPace } from './menu-pace.js';
import { SettledPlayers } from './settled-players.js';
import { tooltip } from './tooltip.js';
import { Disposables } from '../../base/disposables.js';
import type { MakeTrayIcon, TrayIcon } from './tray-icon.js';

export interface TrayDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly settings: Pick<SettingsFile, 'current' | 'listen'>;
  readonly memory: Pick<MemoryFile, 'current' | 'listen'>;
  /** Calls its listeners when the language has changed. */
  readonly language: { listen(listener: () => void): () => void };
  readonly clock: Clock;
  /** Folder of the icons: `tray-<shape>-<light|dark>.png` and `.ico`, and macOS's templates. */
  readonly iconsFolder: string;
  /** Number of events that the user has not seen. */
  readonly unseen: Pick<Observable<number>, 'current' | 'listen'>;
  /** Ids of the servers that need attention. */
  readonly attention: Pick<Observable<ReadonlySet<string>>, 'current' | 'listen'>;
  readonly transfers: { readonly current: readonly Transfer[]; listen(listener: () => void): () => void };
  /** Servers that a quiet backup has changed. */
  readonly quiet: { readonly changed: readonly Server[]; listen(listener: () => void): () => void };
  /** Version that is ready to be installed; null = none. */
  readonly updates: { readonly ready: string | null; listen(listener: () => void): () => void };
  readonly platform: NodeJS.Platform;
  readonly developerTools: boolean;
  readonly makeIcon: MakeTrayIcon;
  /**
   * Calls `told` with true if the desktop's panel is dark; null = unknown. Returns the function that ends the watch.
   */
  readonly watchPanel: (told: (isDark: boolean | null) => void) => () => void;
  readonly onAction: (action: TrayAction) => void;
  /** A click on the icon. null = the desktop gives no place. */
  readonly onClick: (bounds: Rectangle | null) => void;
}

const lookEveryMs = 1000;
/**
 * Shortest time in ms between two updates of menu, tooltip and icon. A large fleet changes very often after the start.
 */
const selectEveryMs = 100;

/** The tray icon with menu and tooltip. The desktop gets only real changes. */
export class Tray {
  /** Cached test, rebuilt when the user's choice changes. */
  #leftOut: { of: LeftOut; test: (server: Server) => boolean } | null = null;
  readonly #isLeftOut = (server: Server): boolean => {
    const of = this.deps.settings.current.leftOutOfIcon;
    if (this.#leftOut?.of !== of) this.#leftOut = { of, test: leftOutTest(of) };
    return this.#leftOut.test(server);
  };
  /** True if the server counts towards icon and tooltip. */
  readonly #isCounted = (server: Server): boolean => !this.#isLeftOut(server);
  readonly #states: Throttle<FleetState>;
  readonly #figures: Throttle<FleetState>;
  readonly #menu: Throttle<MenuModel>;
  readonly #tooltip: Throttle<string>;
  readonly #icon: Throttle<string>;
  readonly #players: SettledPlayers;
  #tray: TrayIcon | null = null;
  #isDarkPanel: boolean | null = null;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: TrayDeps) {
    // A menu entry that moves under the pointer is pressed by mistake (PLATFORM "Tray").
    const throttle = <T>(everyMs: number | (() => number), pass: (value: T) => void): Throttle<T> =>
      new Throttle({ clock: deps.clock, everyMs, pass, isSame: isDeepStrictEqual });
    const asMenu = (): number => menuPace(deps.store.state);
    this.#menu = throttle(asMenu, (model) => this.#tray?.setMenu(model));
    this.#tooltip = throttle(lookEveryMs, (text) => this.#tray?.setToolTip(text));
    this.#icon = throttle(lookEveryMs, (path) => this.#tray?.setImage(path));
    const { clock } = deps;
    this.#players = new SettledPlayers(clock, () => this.#states.push(deps.store.state));
    this.#states = new Throttle({ clock, everyMs: selectEveryMs, pass: (state) => this.#show(state) });
    this.#figures = new Throttle({
      clock,
      everyMs: lookEveryMs,
      pass: (state) => this.#tooltip.push(this.#tooltipOf(state)),
    });
  }

  /** `first` = the existing icon; null = create one. */
  start(first: TrayIcon | null): void {
    const { store, settings, memory, language, unseen, attention, updates, transfers, quiet, platform } =
      this.deps;
    const tray = first ?? this.deps.makeIcon(this.#iconOf(store.state));
    this.#tray = tray;
    tray.listen({
      click: () => this.deps.onClick(this.bounds),
      pressed: (action) => this.deps.onAction(action),
      menuOpen: (isOpen) => this.#menu.hold(isOpen),
    });
    const onTheme = (): void => this.#icon.push(this.#iconOf(store.state));
    nativeTheme.on('updated', onTheme);
    this.#disposables.add(
      store.listen(({ next, changes }) => {
        const players = changes.flatMap((change) =>
          change.kind === 'server-patched' && change.patch.players !== undefined ? change.serverId : [],
        );
        if (players.length > 0) this.#players.changed(next, players);
        // Only the tooltip shows usage, and the numbers of players have a pace of their own.
        if (!changes.every(isFiguresOnly)) this.#states.push(next);
        else if (platform !== 'linux') this.#figures.push(next);
      }),
      ...[settings, memory, language, unseen, attention, updates, quiet].map((one) =>
        one.listen(() => this.#states.push(store.state)),
      ),
      transfers.listen(() => this.#figures.push(store.state)),
      () => void nativeTheme.off('updated', onTheme),
      this.deps.watchPanel((isDark) => {
        this.#isDarkPanel = isDark;
        onTheme();
      }),
    );
    this.#states.push(store.state);
  }

  /** Place of the icon; null = the desktop gives none. */
  get bounds(): Rectangle | null {
    return this.#tray?.bounds ?? null;
  }

  stop(): void {
    this.#disposables.dispose();
    this.#players.stop();
    for (const throttle of [this.#states, this.#figures, this.#menu, this.#tooltip, this.#icon])
      throttle.drop();
    this.#tray?.destroy();
    this.#tray = null;
  }

  #show(state: FleetState): void {
    const { settings, memory, developerTools, unseen, attention, updates, quiet } = this.deps;
    this.#tooltip.push(this.#tooltipOf(state));
    const { pins, groups } = settings.current;
    const recent = recentIds(memory.current.visits);
    const isLeftOut = this.#isLeftOut;
    const wishes = { pins, groups, recent, asks: settings.current, isLeftOut, developerTools };
    const changed = new Set(quiet.changed.map(({ id }) => id));
    const players = this.#players.of(state);
    const told = {
      unseen: unseen.current,
      attention: attention.current,
      changed,
      players,
      update: updates.ready,
    };
    this.#menu.push(menuModel(state, { ...wishes, ...told }));
    this.#icon.push(this.#iconOf(state));
  }

  #tooltipOf(state: FleetState): string {
    const { platform, unseen, transfers } = this.deps;
    const told = {
      unseen: unseen.current,
      transfers: transfers.current,
      players: this.#players.of(state),
      pins: this.deps.settings.current.pins,
    };
    return tooltip(state, platform, told, this.#isCounted);
  }

  #iconOf(state: FleetState): string {
    const shape = iconShape(state, this.#isCounted);
    return iconPath(this.deps.iconsFolder, shape, this.deps.platform, this.#isDarkPanel);
  }
}
