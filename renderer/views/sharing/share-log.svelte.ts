import { plainLog } from '../../../bridge/console/plain-line.js';
import { privateFinds } from '../../../bridge/redaction/private-finds.js';
import {
  usualKinds,
  type KnownPrivate,
  type PrivateFind,
  type PrivateKind,
} from '../../../bridge/redaction/private-kinds.js';
import { countsOf, redact, textOf, type TextPart } from '../../../bridge/redaction/redact.js';
import type { SharedLog } from '../../../bridge/schema/sharing.js';
import type { Startup } from '../../../bridge/schema/startup.js';
import { shareSize } from '../../../bridge/sharing/share-limits.js';
import type { WindowState } from '../../state/context.js';
import type { ShareableText } from '../../state/sharing/share-request.svelte.js';
import { Task } from '../../state/task.svelte.js';

/** A log on its way to a log service: the removed texts, the text to send, and the outcome. */
export class ShareLog {
  /** Kinds of private text that are taken out. */
  kinds = $state.raw(usualKinds);
  /** The private texts; null until the startup with its secrets was read. */
  finds = $state.raw<readonly PrivateFind[] | null>(null);
  /** True if the text is the end of a larger file. */
  isEnd = $state(false);
  /** True if the secrets of the startup are unknown. */
  isStartupUnread = $state(false);
  shared = $state.raw<SharedLog | null>(null);
  isCopied = $state(false);
  isDeleted = $state(false);
  readonly reading = new Task();
  readonly sending = new Task();
  readonly deleting = new Task();
  readonly parts: readonly TextPart[] = $derived.by(() =>
    this.finds === null ? [] : redact(this.#plain, this.finds, this.kinds),
  );
  readonly counts = $derived.by(() => countsOf(this.finds ?? []));
  readonly text = $derived(textOf(this.parts));
  readonly size = $derived(shareSize(this.text));

  #plain = '';

  /** `known` = the private texts that Perch knows, with those of a startup. */
  constructor(
    private readonly client: WindowState['client'],
    private readonly wanted: ShareableText,
    private readonly known: (startup: Startup | null) => KnownPrivate,
  ) {}

  /** Reads the text, and looks for the private texts. A failure is in `reading`. */
  async start(): Promise<void> {
    const { serverId } = this.wanted;
    const text = await this.#text();
    if (text === null) return;
    this.#plain = plainLog(text).trimEnd();
    const startup = await this.client.call('startup.read', { serverId }).catch(() => null);
    this.isStartupUnread = startup === null;
    this.finds = privateFinds(this.#plain, this.known(startup));
  }

  async #text(): Promise<string | null> {
    const { wanted } = this;
    if ('text' in wanted) return wanted.text;
    const { serverId, path } = wanted;
    const read = await this.reading.run(() => this.client.call('sharing.readFile', { serverId, path }));
    this.isEnd = read?.value.isEnd ?? false;
    return read?.value.text ?? null;
  }

  toggle(kind: PrivateKind): void {
    const others = this.kinds.filter((one) => one !== kind);
    this.kinds = this.kinds.includes(kind) ? others : [...others, kind];
  }

  /** Sends the text that the person sees, and copies the link. */
  async send(service: string): Promise<void> {
    if (this.sending.isRunning || this.finds === null) return;
    const { serverId, title } = this.wanted;
    const { text } = this;
    const sent = await this.sending.run(() =>
      this.client.call('sharing.send', { serverId, title, text, service }),
    );
    if (sent === null) return;
    this.shared = sent.value;
    this.isCopied = await this.client.call('clipboard.write', { text: sent.value.url }).then(
      () => true,
      () => false,
    );
  }

  async delete(): Promise<void> {
    const { shared } = this;
    if (shared === null || this.deleting.isRunning) return;
    const done = await this.deleting.run(() => this.client.call('sharing.delete', { id: shared.id }));
    this.isDeleted = done !== null;
  }
}
