/** Input for a task, and the parts that the panel would refuse (PROTOCOL 2.20.9, 2.20.10). */
import { taskFieldsOf } from '../../../../bridge/schedules/fields.js';
import { longestOffset } from '../../../../bridge/schedules/limits.js';
import type { ScheduleTask, TaskFields } from '../../../../bridge/schema/schedules.js';
import { say } from '../../../../messages/messages.js';

/** Actions of panels; `delete_files` is Pelican's. */
export const taskActions = ['power', 'command', 'backup', 'delete_files'] as const;

export interface TaskDraft {
  action: string;
  /** Payload of each chosen action, so that trying another action loses none. */
  payloads: Record<string, string>;
  /** Seconds as typed. */
  offset: string;
  continues: boolean;
}

export function draftOf(task: ScheduleTask | null): TaskDraft {
  if (task === null) {
    return { action: 'power', payloads: { power: 'restart' }, offset: '0', continues: false };
  }
  const { action, payload, offsetSeconds, continuesAfterFailure } = taskFieldsOf(task);
  return {
    action,
    payloads: { power: 'restart', [action]: payload },
    offset: String(offsetSeconds),
    continues: continuesAfterFailure,
  };
}

/** Fields to send. Ask `draftProblem` first. */
export function fieldsOfDraft({ action, payloads, offset, continues }: TaskDraft): TaskFields {
  return {
    action,
    payload: payloads[action] ?? '',
    offsetSeconds: Number(offset.trim()),
    continuesAfterFailure: continues,
  };
}

/** Why the task cannot be saved; null if it can. */
export function draftProblem(draft: TaskDraft): string | null {
  const isEmpty = (draft.payloads[draft.action] ?? '').trim() === '';
  if (isEmpty && draft.action === 'command') return say('schedules.command-missing');
  if (isEmpty && draft.action === 'delete_files') return say('schedules.paths-missing');
  return offsetProblem(draft.offset);
}

export function offsetProblem(offset: string): string | null {
  const isGood = /^\d{1,3}$/.test(offset.trim()) && Number(offset) <= longestOffset;
  return isGood ? null : say('schedules.offset-wrong', { most: longestOffset });
}
