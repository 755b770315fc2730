/**
 * Connection to the Secret Service: calls, prompts and signals. After a restart of the service the next call opens a
 * new session. libsecret would keep using the dead session.
 */
import { BusError, type Bus, type BusListener } from '../bus/bus.js';
import { callToFollow, ownerChange, busNameOwner } from '../bus/name-owner.js';
import { variantOf, type BusSignal } from '../bus/bus-wire.js';
import * as names from './secret-names.js';
import { algorithm, offerKey, plainCipher, type SecretCipher } from './secret-session.js';

export interface SecretSession {
  readonly path: string;
  readonly cipher: SecretCipher;
}

export interface SecretServiceDeps {
  connect: (listener: BusListener) => Promise<Bus>;
  /** Called when answers may change: after an unlock or a start. */
  changed: () => void;
  /** Called when another program has unlocked the wallet, so that an unlock by Perch shows no prompt. */
  opened: () => void;
}

/** Signals that the bus forwards. */
const matches = [
  `type='signal',sender='${names.serviceName}',path_namespace='${names.servicePath}'`,
  // No signal of the Secret Service reports this (PLATFORM "Keychain" 7).
  `type='signal',interface='${names.kwallet}',member='walletOpened'`,
];

/** Errors of a service that can't agree on a key (PLATFORM "Keychain" 7). */
const cannotAgree = ['NotSupported', 'InvalidArgs'].map((name) => `org.freedesktop.DBus.Error.${name}`);

export class SecretService {
  #bus: Promise<Bus> | null = null;
  #session: Promise<SecretSession> | null = null;
  /** Connection name of the service; null while it does not run. */
  #owner: string | null = null;
  /** Callers that wait for a prompt, by its path. */
  readonly #prompts = new Map<string, (dismissed: boolean) => void>();

  constructor(private readonly deps: SecretServiceDeps) {}

  /** Calls a method of an object of the service. */
  async ask<T>(
    { answer, ...method }: names.SecretMethod<T>,
    path: string,
    ...args: readonly unknown[]
  ): Promise<T> {
    const bus = await this.#connected();
    return answer.parse(await bus.call({ ...method, destination: names.serviceName, path, args }));
  }

  /** Runs with a session, and again with a new one if the service has lost it. */
  async withSession<T>(run: (session: SecretSession) => Promise<T>): Promise<T> {
    try {
      return await run(await this.#opened());
    } catch (error) {
      if (!(error instanceof BusError) || error.busName !== `${names.secrets}.Error.NoSession`) throw error;
      this.#session = null;
      return run(await this.#opened());
    }
  }

  /** Shows a prompt of the service. true = dismissed by the user, or the service went away. */
  async prompt(path: string): Promise<boolean> {
    const answered = new Promise<boolean>((resolve) => this.#prompts.set(path, resolve));
    try {
      await this.ask(names.methods.prompt, path, '');
      return await answered;
    } finally {
      this.#prompts.delete(path);
    }
  }

  #connected(): Promise<Bus> {
    const connecting = (this.#bus ??= this.#connect());
    connecting.catch(() => {
      if (this.#bus === connecting) this.#bus = null;
    });
    return connecting;
  }

  async #connect(): Promise<Bus> {
    const bus = await this.deps.connect({
      signal: (signal) => this.#heard(signal),
      closed: () => {
        this.#bus = null;
        this.#startOver();
      },
    });
    await bus.call(callToFollow(names.serviceName));
    this.#owner = await busNameOwner(bus, names.serviceName).catch(() => null);
    for (const match of matches) {
      await bus.call({
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'AddMatch',
        signature: 's',
        args: [match],
      });
    }
    return bus;
  }

  #opened(): Promise<SecretSession> {
    const opening = (this.#session ??= this.#open());
    opening.catch(() => {
      if (this.#session === opening) this.#session = null;
    });
    return opening;
  }

  async #open(): Promise<SecretSession> {
    const offer = offerKey();
    try {
      const [theirs, path] = await this.#agree(algorithm, 'ay', [...offer.publicKey]);
      return { path, cipher: offer.agree(names.publicKeySchema.parse(theirs)) };
    } catch (error) {
      if (!(error instanceof BusError) || !cannotAgree.includes(error.busName)) throw error;
      const [, path] = await this.#agree('plain', 's', '');
      return { path, cipher: plainCipher };
    }
  }

  #agree(name: string, type: string, input: unknown): Promise<[unknown, string]> {
    return this.ask(names.methods.openSession, names.servicePath, name, variantOf(type, input));
  }

  #heard(signal: BusSignal): void {
    const { sender, interface: name, member, path, args } = signal;
    const change = ownerChange(signal, names.serviceName);
    if (change !== null) {
      this.#owner = change.now === '' ? null : change.now;
      this.#startOver();
      if (this.#owner !== null) this.deps.changed();
    } else if (name === names.kwallet) {
      this.deps.opened();
    } else if (sender !== this.#owner) {
      return;
    } else if (name === `${names.secrets}.Prompt` && member === 'Completed') {
      const { data: dismissed = true } = names.completedSchema.safeParse(args);
      this.#prompts.get(path)?.(dismissed);
      if (!dismissed) this.deps.changed();
    } else if (member === 'CollectionChanged' || isLockChange(member, args)) {
      this.deps.changed();
    }
  }

  /** Ends the session and the prompts of a service that is gone. */
  #startOver(): void {
    this.#session = null;
    for (const answered of this.#prompts.values()) answered(true);
  }
}

function isLockChange(member: string, args: readonly unknown[]): boolean {
  return (
    member === 'PropertiesChanged' && names.changedSchema.safeParse(args).data?.includes('Locked') === true
  );
}
