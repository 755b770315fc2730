/** Tray icon on Linux: `org.kde.StatusNotifierItem`. */
import { watcher } from '../../../bus/host-names.js';
import { callToFollow, ownerChange } from '../../../bus/name-owner.js';
import type { Bus, BusListener } from '../../../bus/bus.js';
import { variantOf, type BusRequest, type BusSignal, type BusValues } from '../../../bus/bus-wire.js';
import type { ConnectBus } from '../../../bus/session-bus.js';
import type { MenuModel } from '../menu-entry.js';
import type { TrayIcon, TrayIconListener } from '../tray-icon.js';
import type { ItemPicture } from '../../system/pixels.js';
import { answeredProperties, type ServedProperties } from './served-properties.js';
import { menuPath, ServedMenu } from './served-menu.js';

const itemPath = '/StatusNotifierItem';
const itemInterface = 'org.kde.StatusNotifierItem';

export interface NotifierItemDeps {
  readonly connect: ConnectBus;
  readonly picturesOf: (imagePath: string) => readonly ItemPicture[];
  /** The desktop asks for the properties, among them the picture. */
  readonly read: () => void;
}

/**
 * A status notifier item on a bus connection of its own; closing the connection removes the icon.
 *
 * Electron's own item renumbers all entries with each change of the menu, so a press in an open menu is lost (PLATFORM
 * "Tray" 2).
 */
export class NotifierItem implements TrayIcon, BusListener {
  /** The desktop gives no place. */
  readonly bounds = null;
  readonly #menu: ServedMenu;
  #bus: Bus | null = null;
  #pictures: readonly ItemPicture[];
  #toolTip = '';
  #listener: TrayIconListener | null = null;
  #isDestroyed = false;

  constructor(
    private readonly deps: NotifierItemDeps,
    imagePath: string,
  ) {
    this.#pictures = deps.picturesOf(imagePath);
    this.#menu = new ServedMenu({
      emit: (signal, values) => this.#bus?.emit(signal, values),
      pressed: (action) => this.#listener?.pressed(action),
    });
    // Ignore errors: without a bus no tray exists. `host-check.ts` reports whether a host exists.
    void this.#begin().catch(() => undefined);
  }

  listen(listener: TrayIconListener): void {
    this.#listener = listener;
  }

  setImage(path: string): void {
    this.#pictures = this.deps.picturesOf(path);
    this.#emit('NewIcon');
  }

  setToolTip(text: string): void {
    this.#toolTip = text;
    this.#emit('NewToolTip');
  }

  setMenu(model: MenuModel): void {
    this.#menu.set(model);
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#bus?.close();
  }

  asked(request: BusRequest): BusValues | null {
    if (request.path === menuPath) return this.#menu.answer(request);
    if (request.path !== itemPath) return null;
    const known = answeredProperties(request, itemInterface, this.#properties());
    if (known !== null) {
      this.deps.read();
      return known;
    }
    if (request.interface !== itemInterface && request.interface !== null) return null;
    switch (request.member) {
      case 'Activate':
        this.#listener?.click();
        return {};
      // The host draws the menu itself, and the mouse wheel has no function.
      case 'ContextMenu':
      case 'SecondaryActivate':
      case 'Scroll':
      case 'ProvideXdgActivationToken':
        return {};
      default:
        return null;
    }
  }

  /** Registers again with a restarted watcher, which has lost its items. */
  signal(signal: BusSignal): void {
    const change = ownerChange(signal, watcher);
    if (change !== null && change.now !== '') void this.#register();
  }

  closed(): void {
    this.#bus = null;
  }

  async #begin(): Promise<void> {
    this.#bus = await this.deps.connect(this);
    if (this.#isDestroyed) return this.#bus.close();
    await Promise.all([this.#bus.call(callToFollow(watcher)), this.#register()]);
  }

  /** Registers by object path, as most items do. The host then asks the bus connection that sent the registration. */
  async #register(): Promise<void> {
    const register = { destination: watcher, path: '/StatusNotifierWatcher', interface: watcher };
    await this.#bus
      ?.call({ ...register, member: 'RegisterStatusNotifierItem', signature: 's', args: [itemPath] })
      // The watcher is gone; `signal` reports the next watcher.
      .catch(() => undefined);
  }

  #properties(): ServedProperties {
    const [title = '', ...text] = this.#toolTip.split('\n');
    return {
      Category: variantOf('s', 'ApplicationStatus'),
      Id: variantOf('s', 'perch'),
      Title: variantOf('s', 'Perch'),
      Status: variantOf('s', 'Active'),
      WindowId: variantOf('i', 0),
      IconThemePath: variantOf('s', ''),
      IconName: variantOf('s', ''),
      IconPixmap: variantOf('a(iiay)', this.#pictures),
      OverlayIconName: variantOf('s', ''),
      OverlayIconPixmap: variantOf('a(iiay)', []),
      AttentionIconName: variantOf('s', ''),
      AttentionIconPixmap: variantOf('a(iiay)', []),
      AttentionMovieName: variantOf('s', ''),
      ToolTip: variantOf('(sa(iiay)ss)', ['', [], title, text.join('\n')]),
      ItemIsMenu: variantOf('b', false),
      Menu: variantOf('o', menuPath),
    };
  }

  #emit(member: string): void {
    this.#bus?.emit({ path: itemPath, interface: itemInterface, member });
  }
}
