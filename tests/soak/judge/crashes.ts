/** Fate of each crash: reported, or excused by a named rule. */
import type { RunEnd } from '../model/game-process.js';
import type { ServerRecord, Transcript, Violation } from '../transcript.js';
import { endsOf, isCooling, isFlapping, isMany, isOwn, isReported, promptMs } from './alerts.js';
import { isLiveThrough, isNormalThrough, disturbanceOf } from './surroundings.js';

type Excuse = (end: RunEnd, server: ServerRecord, transcript: Transcript) => boolean;

/** A crash this soon after another counts as the same crash for the person. */
const sameCrashMs = 6000;

/** Checked in this order. */
const excuses: readonly (readonly [string, Excuse])[] = [
  ['its row was not live', (end, server) => !isLiveThrough(server, end.at, end.at + promptMs)],
  ['its host had closed it', (end, server) => !isNormalThrough(server, end.at, end.at + promptMs)],
  ['a start that ends without a word', ({ hasLines, from }) => !hasLines && from !== 'running'],
  [
    'another crash of it within 6 s',
    (end, { ends }) =>
      ends.some((one) => one !== end && one.kind === 'crash' && Math.abs(one.at - end.at) < sameCrashMs),
  ],
  ['without a word after a signal of ours', isOwn],
  ['told less than a minute before', isCooling],
  ['counted with others of its node', isMany],
  ['told to keep crashing', isFlapping],
];

/** `told`, the name of the rule that excuses a missing alert, or null. */
export function fateOf(end: RunEnd, server: ServerRecord, transcript: Transcript): string | null {
  if (isReported(end, server, transcript)) return 'told';
  const what = disturbanceOf(end.at, end.at + promptMs, server, transcript);
  return what ?? excuses.find(([, isSo]) => isSo(end, server, transcript))?.[0] ?? null;
}

export function crashesAreReported(transcript: Transcript): Omit<Violation, 'rule'>[] {
  return crashesOf(transcript)
    .filter(({ end, server }) => fateOf(end, server, transcript) === null)
    .map(({ end, server }) => ({ at: end.at, about: server.id, what: 'a crash that nobody was told of' }));
}

/** Number of crashes per fate. */
export function fatesOf(transcript: Transcript): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { end, server } of crashesOf(transcript)) {
    const fate = fateOf(end, server, transcript) ?? 'untold';
    counts[fate] = (counts[fate] ?? 0) + 1;
  }
  return counts;
}

function crashesOf(transcript: Transcript): { end: RunEnd; server: ServerRecord }[] {
  return endsOf(transcript).filter(({ end }) => end.kind === 'crash');
}
