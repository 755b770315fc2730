import type { Dialog } from 'electron';
import type { PowerSignal, Server, Settings } from '../../bridge/domain.js';
import { oneLine } from '../../bridge/plain-line.js';

export interface Question {
  readonly message: string;
  readonly detail: string;
  /** The word on the button that goes on. */
  readonly confirm: string;
  /** The word on the other one, which has the focus; "Cancel" where it is not said. */
  readonly keep?: string;
}

/** Native questions, for what is asked outside any window. */
export class Dialogs {
  readonly #dialog: Pick<Dialog, 'showMessageBox'>;

  constructor(dialog: Pick<Dialog, 'showMessageBox'>) {
    this.#dialog = dialog;
  }

  async ask({ message, detail, confirm, keep = 'Cancel' }: Question): Promise<boolean> {
    const { response } = await this.#dialog.showMessageBox({
      type: 'question',
      title: 'Perch',
      message,
      detail,
      buttons: [keep, confirm],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    return response === 1;
  }
}

/** What to ask before a signal from the tray (LOOK, "Danger asks"); null = nothing. */
export function powerQuestion(
  signal: PowerSignal,
  server: Pick<Server, 'name'>,
  settings: Pick<Settings, 'confirmStop' | 'confirmRestart'>,
): Question | null {
  const name = oneLine(server.name, 60);
  if (signal === 'kill') {
    return {
      message: `Kill ${name}?`,
      detail: 'The process ends at once, without saving. What it has not written yet is lost.',
      confirm: 'Kill',
    };
  }
  if (signal === 'stop' && settings.confirmStop) {
    return {
      message: `Stop ${name}?`,
      detail: 'Everyone who is connected will be disconnected.',
      confirm: 'Stop',
    };
  }
  if (signal === 'restart' && settings.confirmRestart) {
    const detail = 'Everyone who is connected will be disconnected until it runs again.';
    return { message: `Restart ${name}?`, detail, confirm: 'Restart' };
  }
  return null;
}
