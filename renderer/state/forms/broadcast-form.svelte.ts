/**
 * The form for a message to all players of one server, or of many. One server answers at once; the message to many is a
 * bulk action, whose progress the strip below the views shows.
 */
import { broadcastTemplate } from '../../../bridge/players/broadcast-order.js';
import { broadcastCommand, knownBroadcast } from '../../../bridge/players/broadcasts.js';
import { longestText } from '../../../bridge/players/player-verbs.js';
import type { HandlerOutput } from '../../../bridge/schema/contract.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { PerchClient } from '../../api.js';
import type { SettingsFeed } from '../feeds/settings-feed.svelte.js';
import { Task } from '../task.svelte.js';
import { keptCommands } from './kept-commands.js';

/** A message that one server got, with the console's answer. */
export interface ToldServer extends HandlerOutput<'players.broadcast'> {
  readonly text: string;
}

export class BroadcastForm {
  /** The chosen servers as they were when the form opened, so that the list does not move; null while closed. */
  servers = $state.raw<readonly Server[] | null>(null);
  /** Stays when the form is closed by mistake. */
  text = $state('');
  evenEmpty = $state(false);
  /** The command of the only server. */
  command = $state('');
  told = $state.raw<ToldServer | null>(null);
  readonly sending = new Task();
  /** The typed text, while the form shows the text of an earlier message. */
  #aside: string | null = null;

  constructor(
    private readonly client: PerchClient,
    private readonly settings: SettingsFeed,
  ) {}

  /** `again` = an earlier message to send again. */
  open(servers: readonly Server[], again?: { readonly text: string; readonly evenEmpty: boolean }): void {
    this.close();
    const [first] = servers;
    const own = this.settings.current.restartWarning.commands;
    this.command = first === undefined ? '' : (broadcastTemplate(first, own) ?? broadcastCommand(first.game));
    this.evenEmpty = again?.evenEmpty ?? false;
    if (again !== undefined) {
      this.#aside = this.text;
      this.text = again.text;
    }
    this.servers = servers;
  }

  close(): void {
    this.servers = null;
    this.told = null;
    this.sending.forget();
    if (this.#aside !== null) this.text = this.#aside;
    this.#aside = null;
  }

  get hasDraft(): boolean {
    return this.text.trim() !== '';
  }

  get isTooLong(): boolean {
    return this.text.length > longestText;
  }

  /** Sends to the only server. The form stays open and shows the console's answer. */
  async tell({ id, game }: Server): Promise<void> {
    const { text, command } = this;
    if (this.sending.isRunning) return;
    this.told = null;
    const answer = await this.sending.run(() =>
      this.client.call('players.broadcast', { serverId: id, text, command }),
    );
    if (answer === null) return;
    this.#remember(id, command, knownBroadcast(game));
    this.#sent(text);
    if (this.servers !== null) this.told = { ...answer.value, text };
  }

  /** Sends to many servers, and closes the form once the bulk action has begun. */
  async tellMany(serverIds: readonly string[]): Promise<void> {
    const { text } = this;
    if (this.sending.isRunning) return;
    const begun = await this.sending.run(() =>
      this.client.call('bulk.start', {
        serverIds: [...serverIds],
        action: 'message',
        waitsForEach: false,
        text,
      }),
    );
    if (begun === null) return;
    this.#sent(text);
    this.close();
  }

  /** Drops the text that was sent. The user may have typed more meanwhile. */
  #sent(text: string): void {
    if (this.text === text) this.text = '';
  }

  #remember(serverId: string, command: string, usual: string | null): void {
    const { commands } = this.settings.current.restartWarning;
    if ((commands[serverId] ?? usual) === command) return;
    void this.settings.change(({ restartWarning }) => ({
      restartWarning: {
        ...restartWarning,
        commands: keptCommands(restartWarning.commands, { serverId, command, usual }),
      },
    }));
  }
}
