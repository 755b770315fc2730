/**
 * Judges ends without crash lines. Pure.
 *
 * If crash detection prints no lines (PROTOCOL 4.6), a change from running to offline on one live socket counts as a
 * crash if neither `stopping` nor a signal of the user came before. Between polls or during a lost connection somebody
 * may have stopped the server normally: for such a gap Perch compares the state before with the state after. Several
 * ends in one gap count as one end. Perch does not report state from before its first look.
 */
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { UnseenEnd } from '../../../bridge/schema/process-end.js';
import { isEnding } from './sent-signals.js';
import { unseenEnd, type Sighting } from './unseen-end.js';
import {
  linesWithinMs,
  ownEndMs,
  panelCacheMs,
  sameCrashMs,
  signalWorksMs,
  silentSocketMs,
} from './limits.js';
import type { Moment, Story } from './story-state.js';

const unexplained = { exitCode: null, outOfMemory: false };

/**
 * Ms for which the panel may still answer `power` from its cache although a socket has reported a newer state; 0 = not
 * at all.
 */
export function staleMs({ known }: Story, power: PowerState, now: number): number {
  return known === null || known.power === power ? 0 : Math.max(0, known.at + panelCacheMs - now);
}

export function endsAtPoll(story: Story, power: PowerState, uptimeMs: number, moment: Moment): Story {
  if (moment.isClosed) return withoutSighting(story);
  const at = moment.now - panelCacheMs;
  // The answer may be older than the last sighting.
  if (story.known !== null && story.known.at > at) return story;
  return judged(story, { power, at, uptimeMs }, moment);
}

/** The socket reported a state. */
export function endsAtState(story: Story, power: PowerState, moment: Moment): Story {
  if (moment.isClosed) return withoutSighting(story);
  const seen: Sighting = { power, at: moment.now, uptimeMs: null };
  const wasGap = story.isGap || wasSilent(story, moment);
  const awaitsAge = wasGap && power === 'running' && story.known?.power === 'running';
  const next = { ...story, isGap: false, awaitsAge };
  if (awaitsAge) return next;
  return wasGap ? judged(next, seen, moment) : learned(next, seen, moment);
}

/** The socket reported the age of the process. */
export function endsAtAge(story: Story, uptimeMs: number, moment: Moment): Story {
  const { isGap, known, awaitsAge } = story;
  if (isGap || known === null || moment.isClosed) return story;
  const seen: Sighting = { power: known.power, at: moment.now, uptimeMs };
  if (awaitsAge) return judged({ ...story, awaitsAge: false }, seen, moment);
  return wasSilent(story, moment) ? judged(story, seen, moment) : learned(story, seen, moment);
}

/** The live socket reported a state, which is not yet in the story. */
export function doubtAtState(story: Story, power: PowerState, moment: Moment): Story {
  const { now } = moment;
  const { known, isGap, heardAt, crashedAt } = story;
  const next = { ...story, heardAt: now, doubt: doubtAfter(story.doubt, power, now) };
  const ran = known?.power === 'running' && !isGap && now - heardAt <= silentSocketMs;
  const isCrash = ran && power === 'offline' && !isOurEnd(story, moment) && now - crashedAt >= sameCrashMs;
  return isCrash ? { ...next, doubt: { at: now, startedAt: null } } : next;
}

/** Reports the end in doubt. If somebody else started the server at once, the end may be a restart. */
export function doubtOver(story: Story, { sent }: Moment): Story {
  if (story.doubt === null) return story;
  const { at, startedAt } = story.doubt;
  const isStartedByUser = (sent.at(-1)?.at ?? -Infinity) >= at;
  const end: UnseenEnd | null =
    startedAt === null || isStartedByUser ? null : { what: 'restarted', from: at, to: startedAt };
  const crash = end === null ? unexplained : { ...unexplained, unseen: end };
  return { ...story, doubt: null, unseen: null, crashedAt: at, crashes: [...story.crashes, { at, crash }] };
}

export function unseenOver(story: Story): Story {
  const { unseen, crashes } = story;
  return unseen === null ? story : { ...story, unseen: null, crashes: [...crashes, unseen] };
}

/** Forgets the last state, which is no longer valid. */
export function withoutSighting(story: Story): Story {
  return { ...story, known: null };
}

/** The end in doubt after the state that follows. */
function doubtAfter(doubt: Story['doubt'], power: PowerState, now: number): Story['doubt'] {
  if (doubt === null || doubt.startedAt !== null) return doubt;
  // The process never ended. It may have printed a line that equals the egg's stop command (PROTOCOL 4.6).
  return power === 'starting' ? { ...doubt, startedAt: now } : null;
}

/** True if a signal of the user explains an end from now on. An earlier end stays in doubt. */
function isOurEnd({ earlierId }: Story, { now, sent }: Moment): boolean {
  return sent.some((one) => one.id > earlierId && isEnding(one) && now - one.at < ownEndMs);
}

function wasSilent({ known }: Story, { now }: Moment): boolean {
  return known !== null && now - known.at > silentSocketMs;
}

function judged(story: Story, seen: Sighting, moment: Moment): Story {
  const { known } = story;
  const { now, sent } = moment;
  const end = known === null ? null : unseenEnd(known, seen, now);
  if (known === null || end === null) return learned(story, seen, moment);
  const next = learned({ ...story, doneId: sent.at(-1)?.id ?? 0 }, seen, moment);
  if (!isNews(story, known, moment) || isOurGap(story, known, moment)) return next;
  const crash = { ...unexplained, unseen: end };
  return { ...next, unseen: { at: end.to, crash, dueAt: now + linesWithinMs } };
}

function learned(story: Story, seen: Sighting, { now, sent }: Moment): Story {
  const { known, doneId } = story;
  if (known === null) return { ...story, known: seen, firstAt: now };
  const isEffect = known.power !== seen.power;
  // A panel's answer may be older than a signal of the user. The effect of the signal shows in a later answer.
  const done = isEffect ? sent.findLast(({ id, at }) => id > doneId && at <= seen.at) : undefined;
  return { ...story, known: seen, doneId: done?.id ?? doneId };
}

/** False for state that may be older than this run of Perch. */
function isNews({ firstAt }: Story, before: Sighting, { now }: Moment): boolean {
  return before.at >= firstAt || now - firstAt >= panelCacheMs;
}

function isOurGap({ doneId }: Story, before: Sighting, { sent }: Moment): boolean {
  return sent.some((one) => one.id > doneId && isEnding(one) && before.at - one.at < signalWorksMs);
}
