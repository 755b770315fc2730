/** The form for a warned restart of one server; starts with the values of the last warning. */
import type { Game } from '../../../bridge/panel/games.js';
import { broadcastCommand } from '../../../bridge/players/broadcasts.js';
import { textMark } from '../../../bridge/players/fitting-text.js';
import {
  isWarningTooLong,
  mostOfCommand,
  sayingCommand,
  timeMark,
  warningText,
  type WarningMinutes,
} from '../../../bridge/settings/warning.js';
import { say } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import type { SettingsFeed } from '../feeds/settings-feed.svelte.js';
import { Task } from '../task.svelte.js';
import { keptCommands } from './kept-commands.js';

export class WarnForm {
  /** Server that the form is open for; null while it is closed. */
  serverId = $state<string | null>(null);
  minutes = $state<WarningMinutes>(5);
  message = $state('');
  command = $state('');
  #game: Game | null | undefined = null;
  /** Sending the first warning. If it is refused, no restart is planned. */
  readonly sending = new Task();

  constructor(
    private readonly client: PerchClient,
    private readonly settings: SettingsFeed,
  ) {}

  open(serverId: string, game: Game | null | undefined = null): void {
    this.close();
    this.#game = game;
    const last = this.#last(serverId);
    this.minutes = last.minutes;
    this.message = last.message;
    this.command = last.command;
    this.serverId = serverId;
  }

  /** Closes the form. A call in progress continues. */
  close(): void {
    this.serverId = null;
    this.sending.forget();
  }

  /** True if the typed text differs from the stored text. */
  get isEdited(): boolean {
    if (this.serverId === null) return false;
    const last = this.#last(this.serverId);
    return this.message !== last.message || this.command !== last.command;
  }

  get messageError(): string | undefined {
    return this.message.trim() === '' ? say('warned.no-message') : undefined;
  }

  get commandError(): string | undefined {
    if (!this.command.includes(textMark)) return say('warned.no-text', { text: textMark });
    const isLong = isWarningTooLong(this.message, this.command, this.minutes * 60_000);
    return isLong ? say('warned.too-long', { most: mostOfCommand }) : undefined;
  }

  /** The first command that a server of this game would get. */
  first(game: Game | null | undefined): string {
    return sayingCommand(this.command, warningText(this.message, this.minutes * 60_000), game ?? null);
  }

  async go(): Promise<void> {
    const { serverId, minutes, message, command } = this;
    const isWhole = this.messageError === undefined && this.commandError === undefined;
    if (serverId === null || this.sending.isRunning || !isWhole) return;
    const done = await this.sending.run(async () => {
      await this.client.call('warned.begin', { serverId, seconds: minutes * 60, message, command });
      this.#remember(serverId, { minutes, message, command });
    });
    if (done !== null) this.close();
  }

  #last(serverId: string): { minutes: WarningMinutes; message: string; command: string } {
    const { minutes, message, commands } = this.settings.current.restartWarning;
    return {
      minutes,
      message: message ?? usualMessage(),
      command: commands[serverId] ?? broadcastCommand(this.#game),
    };
  }

  #remember(
    serverId: string,
    { minutes, message, command }: { minutes: WarningMinutes; message: string; command: string },
  ): void {
    const kept = message === usualMessage() ? null : message;
    const usual = broadcastCommand(this.#game);
    void this.settings.change(({ restartWarning }) => ({
      restartWarning: {
        minutes,
        message: kept,
        commands: keptCommands(restartWarning.commands, { serverId, command, usual }),
      },
    }));
  }
}

function usualMessage(): string {
  return say('warned.usual', { time: timeMark });
}
