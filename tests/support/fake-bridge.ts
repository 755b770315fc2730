/** Bridge for specs: records calls, returns the given answers, and pushes the spec's events into feeds. */
import type { FeedEvent, FeedName } from '../../bridge/schema/contract.js';
import type { DroppedFile, Envelope, PerchBridge } from '../../bridge/schema/wire.js';
import type { Problem } from '../../bridge/errors.js';

interface Subscription {
  readonly name: string;
  readonly params: unknown;
  readonly listener: (event: FeedEvent<FeedName>) => void;
  revision: number;
  ended: boolean;
}

export class FakeBridge implements PerchBridge {
  readonly calls: { name: string; input: unknown }[] = [];
  readonly subscriptions: Subscription[] = [];
  /** Calls that windows make on their own get the answers of a new installation. */
  #answers = new Map<string, () => Promise<Envelope>>([
    ['autostart.read', () => Promise.resolve({ ok: true, value: { isOn: true } })],
    [
      'changes.sinceGoodStart',
      () =>
        Promise.resolve({
          ok: true,
          value: { since: null, files: [], variables: [], command: null, image: null },
        }),
    ],
    ['players.seen', () => Promise.resolve({ ok: true, value: { players: [], total: 0 } })],
    ['players.joinInfo', () => Promise.resolve({ ok: true, value: { service: null, settings: null } })],
    ['players.week', () => Promise.resolve({ ok: true, value: { peak: null, best: null } })],
    ['activity.ofServer', () => Promise.resolve({ ok: true, value: { entries: [], total: 0, pages: 1 } })],
    ['texts.unsaved', () => Promise.resolve({ ok: true, value: [] })],
    ['clipboard.peek', () => Promise.resolve({ ok: true, value: { holds: 'none' } })],
  ]);

  call(name: string, input: unknown): Promise<Envelope> {
    this.calls.push({ name, input });
    return this.#answers.get(name)?.() ?? Promise.resolve({ ok: true, value: undefined });
  }

  upload(input: object, files: readonly DroppedFile[]): Promise<Envelope> {
    return this.call('files.upload', { ...input, sources: files.map(({ name }) => name) });
  }

  watch(name: string, params: unknown, listener: Subscription['listener']): () => void {
    const subscription = { name, params, listener, revision: 0, ended: false };
    this.subscriptions.push(subscription);
    return () => {
      subscription.ended = true;
    };
  }

  answer(name: string, value: unknown): void {
    this.#answers.set(name, () => Promise.resolve({ ok: true, value }));
  }

  /** Sets the answer to each call of this name. */
  answerWith(name: string, valueOf: () => unknown): void {
    this.#answers.set(name, () => Promise.resolve({ ok: true, value: valueOf() }));
  }

  refuse(name: string, problem: Problem): void {
    this.#answers.set(name, () => Promise.resolve({ ok: false, error: problem }));
  }

  /** Holds the call until the returned function is called with the result. */
  hold(name: string): (value: unknown) => void {
    let release: (value: unknown) => void = () => undefined;
    const answer = new Promise<Envelope>((resolve) => {
      release = (value) => resolve({ ok: true, value });
    });
    this.#answers.set(name, () => answer);
    return release;
  }

  snapshot(name: FeedName, snapshot: unknown): void {
    this.#push(name, { kind: 'snapshot', snapshot });
  }

  change(name: FeedName, change: unknown): void {
    this.#push(name, { kind: 'change', change });
  }

  fail(name: FeedName, problem: Problem): void {
    this.#push(name, { kind: 'failed', problem });
  }

  /** Drops one event of this feed before it arrives. */
  lose(name: FeedName): void {
    this.#newest(name).revision += 1;
  }

  #push(name: FeedName, body: object): void {
    const subscription = this.#newest(name);
    subscription.revision += 1;
    subscription.listener({ ...body, revision: subscription.revision } as FeedEvent<FeedName>);
  }

  #newest(name: FeedName): Subscription {
    const found = this.subscriptions.findLast((one) => one.name === name && !one.ended);
    if (found === undefined) throw new Error(`Nobody watches ${name}.`);
    return found;
  }
}
