import { PerchError, newProblem } from '../../../bridge/errors.js';
import { say, sentence } from '../../../messages/messages.js';
import { variantOf, type BusSignal } from '../../bus/bus-wire.js';
import { busNameOwner } from '../../bus/name-owner.js';
import type { ConnectBus } from '../../bus/session-bus.js';
import type { MemoryFile } from '../../disk/memory.js';
import type { Log } from '../../base/ports.js';
import type { Autostart } from './autostart.js';

const portal = 'org.freedesktop.portal.Desktop';
const path = '/org/freedesktop/portal/desktop';
const background = 'org.freedesktop.portal.Background';
const request = 'org.freedesktop.portal.Request';

export interface BackgroundPortalDeps {
  readonly connect: ConnectBus;
  readonly memory: Pick<MemoryFile, 'current' | 'update'>;
  readonly log: Log;
}

/**
 * Autostart inside a Flatpak, through the desktop's Background portal.
 *
 * A Flatpak cannot write to the autostart folder. The portal may ask the user, and offers no way to read the state, so
 * Perch stores the portal's last answer.
 */
export class BackgroundPortal implements Autostart {
  constructor(private readonly deps: BackgroundPortalDeps) {}

  isOn(): Promise<boolean> {
    return Promise.resolve(this.deps.memory.current.startedByPortal);
  }

  async set(on: boolean): Promise<void> {
    const { memory, log } = this.deps;
    const isOn = await this.#ask(on).catch((error: unknown) => {
      log.warn('autostart.portal-failed', { message: String(error) });
      return null;
    });
    if (isOn !== null) await memory.update({ startedByPortal: isOn });
    if (isOn !== on) throw new PerchError(notAllowed);
  }

  /** No-op: the command of a Flatpak stays the same in every version. */
  renew(): Promise<void> {
    return Promise.resolve();
  }

  /** Waits for the user's answer. null = no answer. */
  async #ask(on: boolean): Promise<boolean | null> {
    const answers = new Answers();
    const bus = await this.deps.connect(answers);
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
      const [code, results] = await answers.to(String(handle), await busNameOwner(bus, portal));
      return code === 0 ? isSet(results, 'autostart') : null;
    } finally {
      bus.close();
    }
  }
}

/** Answers to portal requests. An answer may arrive before its request's path is known. */
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

  /** `owner` = the portal's connection. Signals from other connections are ignored. */
  async to(handle: string, owner: string): Promise<readonly unknown[]> {
    for (;;) {
      const answer = this.#come.find(({ path, sender }) => path === handle && sender === owner);
      if (answer !== undefined) return answer.args;
      if (this.#isClosed) throw new Error('the bus is gone');
      await new Promise<void>((resolve) => (this.#told = resolve));
    }
  }
}

/** Reads a boolean from a dictionary in D-Bus form: pairs of a name and a typed value. */
function isSet(results: unknown, name: string): boolean {
  return listOf(results).some((pair) => {
    const [key, value] = listOf(pair);
    return key === name && listOf(value)[1] === true;
  });
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

const notAllowed = newProblem(
  'internal',
  sentence('system.autostart-failed'),
  sentence('system.autostart-portal-next'),
);
