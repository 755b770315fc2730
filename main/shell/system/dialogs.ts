import type { Dialog } from 'electron';
import { say } from '../../../messages/messages.js';
import type { Question } from '../../base/question.js';

/** Native dialogs, for questions outside any window. */
export class Dialogs {
  constructor(private readonly dialog: Pick<Dialog, 'showMessageBox'>) {}

  async ask({ message, detail, confirm, keep = say('common.cancel') }: Question): Promise<boolean> {
    const { response } = await this.dialog.showMessageBox({
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
