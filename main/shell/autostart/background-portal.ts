import { PerchError } from '../../../bridge/errors.js';
import { say, sentence } from '../../../messages/messages.js';
import { variantOf, type BusSignal } from '../../bus/bus-wire.js';
import { ownerOf } from '../../bus/name-owner.js';
import type { ConnectBus } from '../../bus/session-bus.js';
import type { SettingsFile } from '../../disk/settings.js';
import type { Log } from '../../base/ports.js';
import type { Autostart } from './autostart.js';

const portal = 'org.freedesktop.portal.Desktop';
const path = '/org/freedesktop/portal/desktop';
const background = 'org.freedesktop.portal.Background';
const request = 'org.freedesktop.portal.Request';

export interface BackgroundPortalDeps {
  readonly connect: ConnectBus;
  readonly settings: Pick<SettingsFile, 'current' | 'update'>;
  readonly log: Log;
}

/**
 * Out of a Flatpak nobody writes into the folder of the session: the desktop's portal does, and may ask the person. It
 * can't be asked what it has done, so its last word is kept.
 */
export class BackgroundPortal implements Autostart {
  readonly #deps: BackgroundPortalDeps;

  constructor(deps: BackgroundPortalDeps) {
    this.#deps = deps;
  }

  isOn(): Promise<boolean> {
    return Promise.resolve(this.#deps.settings.current.startedByPortal);
  }

  async set(on: boolean): Promise<void> {
    const { settings, log } = this.#deps;
    const isOn = await this.#ask(on).catch((error: unknown) => {
      log.warn('autostart.portal-failed', { message: String(error) });
      return null;
    });
    if (isOn !== null) await settings.update({ startedByPortal: isOn });
    if (isOn !== on) throw new PerchError(notAllowed);
  }

  /** What a Flatpak is started by does not change with its version. */
  renew(): Promise<void> {
    return Promise.resolve();
  }

  /** Waits for as long as the person takes to answer; null where they gave no answer. */
  async #ask(on: boolean): Promise<boolean | null> {
    const answers = new Answers();
    const bus = await this.#deps.connect(answers);
    try {
      const [handle] = await bus.call({
        destination: portal,
        path,
        interface: background,
        member: 'RequestBackground',
        signature: 'sa{sv}',
        args: [
          '',
          [
            ['reason', variantOf('s', say('system.portal-reason'))],
            ['autostart', variantOf('b', on)],
            ['commandline', variantOf('as', ['perch', '--hidden'])],
          ],
        ],
      });
      const [code, results] = await answers.to(String(handle), await ownerOf(bus, portal));
      return code === 0 ? isSet(results, 'autostart') : null;
    } finally {
      bus.close();
    }
  }
}

/** The answers to requests, of which one may come before its request is known by its path. */
class Answers {
  readonly #come: BusSignal[] = [];
  #told: () => void = () => undefined;
  #isClosed = false;

  signal(signal: BusSignal): void {
    if (signal.interface !== request || signal.member !== 'Response') return;
    this.#come.push(signal);
    this.#told();
  }

  closed(): void {
    this.#isClosed = true;
    this.#told();
  }

  /** `owner` is the portal's connection: what another one says is no answer. */
  async to(handle: string, owner: string): Promise<readonly unknown[]> {
    for (;;) {
      const answer = this.#come.find(({ path, sender }) => path === handle && sender === owner);
      if (answer !== undefined) return answer.args;
      if (this.#isClosed) throw new Error('the bus is gone');
      await new Promise<void>((resolve) => (this.#told = resolve));
    }
  }
}

/** Of a dictionary as it comes from the bus: pairs of a name and a value with its type. */
function isSet(results: unknown, name: string): boolean {
  return listOf(results).some((pair) => {
    const [key, value] = listOf(pair);
    return key === name && listOf(value)[1] === true;
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const notAllowed = {
  code: 'internal',
  message: sentence('system.autostart-failed'),
  next: sentence('system.autostart-portal-next'),
} as const;
