import type { Page } from '@playwright/test';
import type { Change, FleetSnapshot, FleetState } from '../../../bridge/fleet/changes.js';
import type { FeedEvent } from '../../../bridge/schema/contract.js';
import type { Envelope } from '../../../bridge/schema/wire.js';
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import { PerchError } from '../../../bridge/errors.js';
import { FleetStore } from '../../../main/fleet/store.js';
import type { Controls } from '../../soak/person.js';
import type { Recorder } from '../../soak/recorder.js';
import { press } from '../perch.js';

/** Main window: its feeds, and a person's actions through the bridge that its buttons use. */
export class RealWindow implements Controls {
  /** Fleet as received by the window. */
  readonly store = new FleetStore();
  readonly #page: Page;
  readonly #recorder: Recorder;
  /** Ends the record of rows. */
  readonly endRecord: () => void;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(page: Page, recorder: Recorder) {
    this.#page = page;
    this.#recorder = recorder;
    this.endRecord = this.store.listen((event) => recorder.changed(event));
  }

  get state(): FleetState {
    return this.store.state;
  }

  /** Records all further feed events. */
  async watch(): Promise<void> {
    this.#page.on('pageerror', (error) => this.#recorder.uncaught.push(String(error)));
    await this.#page.exposeFunction('soakTold', (event: FeedEvent<'fleet'>) => this.#told(event));
    await this.#page.evaluate(() => {
      const { soakTold } = globalThis as unknown as { soakTold(event: unknown): void };
      window.perch.watch('fleet', undefined, (event) => {
        if (event.kind !== 'change') return soakTold(event);
        const change = (event.change as { kind: string }[]).filter(({ kind }) => kind !== 'usage');
        if (change.length > 0) soakTold({ ...event, change });
      });
    });
  }

  /**
   * Makes a call after a press of its own. Main has checked the call when this returns, but may still be working on it.
   * Throws the refusal.
   */
  async call(name: string, input: unknown): Promise<unknown> {
    const given = this.#turn.then(() => this.#press(name, input));
    this.#turn = given.catch(() => undefined);
    const envelope: Envelope = await (await given).evaluate(({ answer }) => answer);
    if (envelope.ok) return envelope.value;
    throw new PerchError(envelope.error);
  }

  async #press(name: string, input: unknown) {
    await press(this.#page);
    return this.#page.evaluateHandle(
      async ([called, asked]) => {
        const answer = window.perch.call(called, asked);
        // Main takes calls in order.
        await window.perch.call('app.info', undefined);
        return { answer };
      },
      [name, input] as const,
    );
  }

  async power(serverId: string, signal: PowerSignal): Promise<void> {
    const click = this.#recorder.clicked(serverId, signal);
    try {
      await this.call('power.send', { serverId, signal });
    } catch (error) {
      this.#recorder.refused(click, error);
    }
  }

  command(serverId: string, command: string): Promise<unknown> {
    return this.call('command.send', { serverId, command });
  }

  /** Opens the console instead of the table. */
  openConsole(serverId: string): () => void {
    this.#show({ kind: 'server', serverId });
    return () => this.#show({ kind: 'fleet' });
  }

  retryServer(serverId: string): Promise<unknown> {
    return this.call('server.retry', { serverId });
  }

  retryAccount(accountId: string): Promise<unknown> {
    return this.call('accounts.retry', { accountId });
  }

  /**
   * Makes many clicks at once. A bulk action sends its signals one by one and reports no times to windows, so a second
   * click would look like a signal sent twice.
   */
  bulk(serverIds: readonly string[], signal: PowerSignal): void {
    for (const serverId of serverIds) void this.power(serverId, signal);
  }

  #show(view: unknown): void {
    this.call('window.open', { view }).catch((error: unknown) =>
      this.#recorder.uncaught.push(`window.open: ${String(error)}`),
    );
  }

  #told(event: FeedEvent<'fleet'>): void {
    if (event.kind === 'failed') this.#recorder.uncaught.push(`the feed ended: ${event.problem.code}`);
    else this.store.apply(event.kind === 'snapshot' ? changesOf(event.snapshot) : event.change);
  }
}

function changesOf({ accounts, servers }: FleetSnapshot): Change[] {
  return [
    ...accounts.map((account): Change => ({ kind: 'account-upserted', account })),
    ...servers.map((server): Change => ({ kind: 'server-upserted', server })),
  ];
}
