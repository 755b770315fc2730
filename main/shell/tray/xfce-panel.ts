/**
 * Watches whether XFCE's panel is dark: the setting `dark-mode` of the channel `xfce4-panel`. Without it the panel
 * follows the window theme. Source: `org.xfce.Xfconf` of xfconf 4.18 (`common/xfconf-dbus.xml`).
 */
import type { BusSignal } from '../../bus/bus-wire.js';
import type { Bus } from '../../bus/bus.js';
import { callToFollow, callToMatch, ownerChange, busNameOwner } from '../../bus/name-owner.js';
import type { ConnectBus } from '../../bus/session-bus.js';

const service = 'org.xfce.Xfconf';
const path = '/org/xfce/Xfconf';
const setting = ['xfce4-panel', '/panels/dark-mode'] as const;

/**
 * Calls `told` with each new value; null = no service or no setting. Never starts the service. Returns the function
 * that ends the watch.
 */
export function watchXfcePanel(connect: ConnectBus, told: (isDark: boolean | null) => void): () => void {
  const watch = new PanelWatch(told);
  void watch.begin(connect).catch(() => undefined);
  return () => watch.end();
}

class PanelWatch {
  #bus: Bus | null = null;
  /** Bus name of the service's connection; null = the service does not run. */
  #owner: string | null = null;
  #isOver = false;

  constructor(private readonly told: (isDark: boolean | null) => void) {}

  async begin(connect: ConnectBus): Promise<void> {
    const bus = await connect({ signal: (signal) => this.#heard(signal) });
    this.#bus = bus;
    if (this.#isOver) return bus.close();
    const rule = `type='signal',sender='${service}',interface='${service}',path='${path}',arg0='${setting[0]}'`;
    await bus.call(callToMatch(rule));
    await bus.call(callToFollow(service));
    this.#owner ??= await busNameOwner(bus, service);
    await this.#ask();
  }

  end(): void {
    this.#isOver = true;
    this.#bus?.close();
  }

  #heard(signal: BusSignal): void {
    const change = ownerChange(signal, service);
    if (change !== null) {
      this.#owner = change.now === '' ? null : change.now;
      void this.#ask();
      return;
    }
    const { sender, member, args } = signal;
    const [channel, property, value] = args;
    if (sender !== this.#owner || channel !== setting[0] || property !== setting[1]) return;
    if (member === 'PropertyChanged') this.#tell(booleanOf(value));
    else if (member === 'PropertyRemoved') this.#tell(null);
  }

  /**
   * Reads the setting from the service's own connection. A call to the well-known name would start a service that has
   * ended.
   */
  async #ask(): Promise<void> {
    const owner = this.#owner;
    if (owner === null) return this.#tell(null);
    const asked = this.#bus?.call({
      destination: owner,
      path,
      interface: service,
      member: 'GetProperty',
      signature: 'ss',
      args: [...setting],
    });
    // The service answers with an error if the setting was never set.
    const answer = await asked?.catch(() => null);
    if (this.#owner === owner) this.#tell(booleanOf(answer?.[0]));
  }

  #tell(isDark: boolean | null): void {
    if (!this.#isOver) this.told(isDark);
  }
}

/** Value of a D-Bus variant: a pair of type and value. */
function booleanOf(variant: unknown): boolean | null {
  const value: unknown = Array.isArray(variant) ? variant[1] : null;
  return typeof value === 'boolean' ? value : null;
}
