/** The form for a new channel. Address and token go to main once and are then deleted here. */
import { channelFields, type ChannelKind } from '../../../bridge/alerts/channel-kinds.js';
import type { Problem } from '../../../bridge/errors.js';
import { say, spoken } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Task } from '../task.svelte.js';

export class ChannelForm {
  kind = $state<ChannelKind>('discord');
  /** Empty = the name of the service. */
  name = $state('');
  address = $state('');
  token = $state('');
  recipient = $state('');
  template = $state('');
  readonly saving = new Task();

  constructor(private readonly client: PerchClient) {}

  get needs() {
    return channelFields[this.kind];
  }

  get isEdited(): boolean {
    return [this.name, this.address, this.token, this.recipient, this.template].some((text) => text !== '');
  }

  fieldError(name: 'address' | 'token' | 'recipient' | 'template'): string | undefined {
    const wrong = this.saving.problem?.fields?.[name];
    return wrong === undefined ? undefined : spoken(wrong);
  }

  /** The problem to show for the whole form; null if a field shows it already. */
  get formProblem(): Problem | null {
    return this.saving.problem?.fields === undefined ? this.saving.problem : null;
  }

  /** True if the secret may stay in memory, because the keychain failed. */
  get canKeepInMemory(): boolean {
    return this.saving.problem?.code.startsWith('keychain-') === true;
  }

  edited(): void {
    this.saving.problem = null;
  }

  /** Resolves with true if the service took the test message and the channel is kept. */
  async save(keep: 'keychain' | 'memory' = 'keychain'): Promise<boolean> {
    const { kind, address, token, recipient } = this;
    const name = this.name.trim() === '' ? say(`channels.kind-${kind}`) : this.name;
    const template = kind === 'webhook' && this.template.trim() !== '' ? this.template : null;
    const wanted = { kind, name, address, token, recipient, template, keep };
    const done = (await this.saving.run(() => this.client.call('channels.add', wanted))) !== null;
    if (done) this.address = this.token = '';
    return done;
  }
}
