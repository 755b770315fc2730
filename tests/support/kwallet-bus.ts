/** Secret Service as KWallet behaves (PLATFORM "Keychain" 7). */
import { BusError, type Bus, type BusListener } from '../../main/bus/bus.js';
import type { BusCall } from '../../main/bus/bus-wire.js';

const collection = '/org/freedesktop/secrets/collection/kdewallet';
const item = `${collection}/1`;
const prompt = '/org/freedesktop/secrets/prompt/p0';
const service = ':1.3';
const session = '/org/freedesktop/secrets/session/0';

export class KWalletBus implements Bus {
  /** Whether the wallet is open; otherwise its prompt waits for the person. */
  isOpen = true;
  agreements = ['plain'];
  prompts = 0;
  readonly #secret: string;
  #isUnlocked = false;
  #listener: BusListener | undefined;

  constructor(secret: string) {
    this.#secret = secret;
  }

  connect = (listener: BusListener): Promise<Bus> => {
    this.#listener = listener;
    return Promise.resolve(this);
  };

  call({ member, args = [] }: BusCall): Promise<readonly unknown[]> {
    switch (member) {
      case 'GetNameOwner':
        return Promise.resolve([service]);
      case 'SearchItems':
        return Promise.resolve(this.#isUnlocked ? [[item], []] : [[], []]);
      case 'ReadAlias':
        return Promise.resolve([collection]);
      case 'Get':
        return Promise.resolve([['b', !this.#isUnlocked]]);
      case 'Unlock':
        return Promise.resolve([[], prompt]);
      case 'Prompt':
        this.#prompted();
        return Promise.resolve([]);
      case 'OpenSession':
        if (this.agreements.includes(String(args[0]))) return Promise.resolve([['s', ''], session]);
        return Promise.reject(new BusError('org.freedesktop.DBus.Error.InvalidArgs'));
      case 'GetSecret':
        return Promise.resolve([[session, [], [...Buffer.from(this.#secret)], 'text/plain']]);
      default:
        return Promise.resolve([]);
    }
  }

  emit(): void {
    // Perch sends no D-Bus signals to a wallet.
  }

  close(): void {
    this.#listener?.closed?.();
  }

  /** Closes the wallet for every program, as KWallet does after a while. */
  closeWallet(): void {
    this.isOpen = false;
    this.#isUnlocked = false;
    this.#tell('org.freedesktop.Secret.Service', 'CollectionChanged', [collection]);
  }

  /** Opens the wallet on behalf of another program. */
  openElsewhere(): void {
    this.isOpen = true;
    this.#tell('org.kde.KWallet', 'walletOpened', ['kdewallet']);
  }

  #prompted(): void {
    this.prompts++;
    if (!this.isOpen) return;
    queueMicrotask(() => {
      this.#isUnlocked = true;
      this.#tell('org.freedesktop.Secret.Prompt', 'Completed', [false, ['ao', [collection]]]);
    });
  }

  #tell(name: string, member: string, args: unknown[]): void {
    this.#listener?.signal({ sender: service, interface: name, member, path: prompt, args });
  }
}
