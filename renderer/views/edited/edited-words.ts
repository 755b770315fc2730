import type { EditedFile } from '../../../bridge/schema/edited-files.js';
import { timeOfDay } from '../../../bridge/text/time-of-day.js';
import { say, spoken } from '../../../messages/messages.js';

/** Whether the upload of the file waits for a decision of a person. */
export function needsPerson({ state }: EditedFile): boolean {
  return state.kind === 'conflict' || state.kind === 'left' || state.kind === 'failed';
}

/** Outcome of the last save of an edited file. */
export function editedWords({ state }: EditedFile): string {
  switch (state.kind) {
    case 'same':
      if (state.uploadedAt === null) return say('own-editor.state-same');
      return say('own-editor.state-uploaded', { time: timeOfDay(state.uploadedAt) });
    case 'saved':
    case 'uploading':
    case 'left':
      return say(`own-editor.state-${state.kind}`);
    case 'conflict':
      return say(`own-editor.state-${state.why}`);
    case 'failed': {
      const { message, next } = state.problem;
      return `${spoken(message)} ${state.retryAt === null ? spoken(next) : say('own-editor.retries')}`;
    }
  }
}

/** Label of the action that opens a file in another program. `program` = its path; null = the system's program. */
export function editLabel(program: string | null): string {
  const name = /([^\\/]+?)(?:\.app|\.exe)?$/i.exec(program ?? '')?.[1];
  return name === undefined ? say('own-editor.open') : say('own-editor.open-in', { program: name });
}
