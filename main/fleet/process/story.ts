/**
 * The story of one server's process: the reports of the socket, the polls, the crash lines and the user's signals about
 * its ends. Pure.
 */
import { linesWithinMs } from './limits.js';
import {
  doubtAtState,
  doubtOver,
  endsAtAge,
  endsAtPoll,
  endsAtState,
  unseenOver,
  withoutSighting,
} from './end-rules.js';
import { believed, dropLines, linesAtAge, linesAtLoss, linesAtState, withLines } from './line-rules.js';
import type { Moment, ProcessInput, Story } from './story-state.js';

/** The story after one input. Its `crashes` are those of this input. */
export function continued(before: Story, input: ProcessInput, moment: Moment): Story {
  const story = before.crashes.length === 0 ? before : { ...before, crashes: [] };
  switch (input.kind) {
    case 'state': {
      const lines = linesAtState(story, input.power, moment);
      const doubted = input.isLive ? doubtAtState(lines, input.power, moment) : lines;
      return endsAtState(doubted, input.power, moment);
    }
    case 'usage':
      return endsAtAge(linesAtAge(story, input.uptimeMs, moment), input.uptimeMs, moment);
    case 'poll':
      return endsAtPoll(story, input.power, input.uptimeMs, moment);
    case 'lines':
      return withLines(story, input.crash, moment);
    case 'link': {
      // No more lines will come on a lost socket, so an end in doubt is decided now.
      const decided = input.isLive ? story : doubtOver(linesAtLoss(story), moment);
      return { ...decided, isGap: true };
    }
    case 'deleted':
      return dropLines({ ...story, doubt: null });
    case 'forgotten':
      return withoutSighting(story);
    case 'time':
      return atTime(story, moment);
  }
}

/** Monotonic time of the next decision without new input; Infinity = none. */
export function dueAt(story: Story): number {
  return Math.min(story.waiting?.dueAt ?? Infinity, doubtDueAt(story), story.unseen?.dueAt ?? Infinity);
}

function doubtDueAt({ doubt }: Story): number {
  return (doubt?.at ?? Infinity) + linesWithinMs;
}

/** Takes the earliest decision that is due. Its crash may explain the other ends. */
function atTime(story: Story, moment: Moment): Story {
  const due = dueAt(story);
  if (due > moment.now) return story;
  if (story.waiting?.dueAt === due) return believed(story, story.waiting);
  return doubtDueAt(story) === due ? doubtOver(story, moment) : unseenOver(story);
}
