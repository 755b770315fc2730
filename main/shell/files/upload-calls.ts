/** The call that uploads files: a dialog for the files, and a question before files of the server are replaced. */
import type { Dialog } from 'electron';
import type { TakenFile } from '../../../bridge/schema/taken-file.js';
import { replaceLines } from '../../../bridge/transfers/replace-lines.js';
import { say } from '../../../messages/messages.js';
import type { CallTable } from '../../base/calls.js';
import type { Question } from '../../base/question.js';
import type { UploadPlan, WantedUpload } from '../../base/upload-plan.js';

export interface UploadCallsDeps {
  readonly dialog: Pick<Dialog, 'showOpenDialog'>;
  readonly ask: (question: Question) => Promise<boolean>;
  /** Wall-clock time, in ms since the epoch. */
  readonly now: () => number;
  readonly uploads: {
    plan(serverId: string, wanted: WantedUpload): Promise<UploadPlan>;
    begin(plan: UploadPlan): Promise<string[]>;
  };
}

export function uploadCalls({ dialog, ask, now, uploads }: UploadCallsDeps) {
  const choose = async (what: 'files' | 'folder'): Promise<readonly string[]> => {
    const { canceled, filePaths } = await dialog.showOpenDialog({
      title: say(`uploads.choose-${what}`),
      properties: what === 'folder' ? ['openDirectory'] : ['openFile', 'multiSelections'],
    });
    return canceled ? [] : filePaths;
  };
  return {
    'files.upload': async ({ serverId, folder, sources, what }) => {
      const chosen = sources ?? (await choose(what));
      if (chosen.length === 0) return { transfers: null, leftOut: 0 };
      const plan = await uploads.plan(serverId, { folder, sources: chosen });
      const isAgreed = plan.taken.length === 0 || (await ask(replacing(plan.taken, now())));
      if (!isAgreed) return { transfers: null, leftOut: 0 };
      return { transfers: await uploads.begin(plan), leftOut: plan.leftOut };
    },
  } satisfies CallTable;
}

/** The question, with size and time of both files of each name. */
function replacing(taken: readonly TakenFile[], now: number): Question {
  return {
    message: say('uploads.replace', { count: taken.length }),
    detail: replaceLines(taken, now).join('\n'),
    confirm: say('uploads.replace-go'),
  };
}
