import type { Transcript, Violation } from '../transcript.js';
import { slowStartMinutes } from '../slow-start.js';
import { alertsHaveCauses, lastingCrashesAreReported, stopsAreReported } from './alerts.js';
import { clicksAreTrue } from './clicks.js';
import { crashesAreReported } from './crashes.js';
import { endsAreTrue, lastingsAreTrue, outagesAreTrue, outagesEnd } from './lasting-alerts.js';
import { restartsKeepCrashes } from './over-restarts.js';
import { countsAreTrue, emptyIsTrue, questionsArePaced, silenceIsTrue } from './players.js';
import { emptySignalsAreTrue } from './when-empty.js';
import { refusalsAreAsked } from './refusals.js';
import { greenIsTrue, newsIsInOrder } from './states.js';
import { verbsOfManyAreKnown } from './verbs.js';

/** Rules by name; each returns its violations, and an empty list where all is well. */
export const rules: Readonly<Record<string, (transcript: Transcript) => Omit<Violation, 'rule'>[]>> = {
  'never from newer to older': newsIsInOrder,
  'a green mark is true': greenIsTrue,
  'no alert without a cause': alertsHaveCauses,
  'no crash untold but by a rule that is named': crashesAreReported,
  'what was down before a restart of Perch is down after it': restartsKeepCrashes,
  'no verb to a server whose state was unknown': verbsOfManyAreKnown,
  'what stays down is told': lastingCrashesAreReported,
  "somebody's stop is told": stopsAreReported,
  'outages are told as they are': outagesAreTrue,
  'an outage is told to be over': outagesEnd,
  'slow starts and full disks are told as they are': lastingsAreTrue(slowStartMinutes * 60_000),
  'only what was told is over': endsAreTrue,
  'clicks are told as they are': clicksAreTrue,
  'no 429 of its own': refusalsAreAsked,
  'a key goes to its panel only': ({ strayKeys }) =>
    strayKeys.map(({ at, url }) => ({ at, about: null, what: `a key went to ${url}` })),
  'a number of players is as true and as fresh as it says': countsAreTrue,
  'no server with players is told to be empty': emptyIsTrue,
  'nothing is stopped or restarted for being empty while players are on': emptySignalsAreTrue,
  'no game is asked too often': questionsArePaced,
  'a silent game is told as it is': silenceIsTrue,
  'all is right after the last trouble': ({ unsettled, ms }) =>
    unsettled.map(({ serverId, what }) => ({ at: ms, about: serverId, what })),
  'nothing is left behind': ({ leftovers, ms }) =>
    Object.entries(leftovers)
      .filter(([, count]) => count !== 0)
      .map(([what, count]) => ({ at: ms, about: null, what: `${count} ${what} left` })),
  'no error is lost': ({ uncaught, ms }) => uncaught.map((what) => ({ at: ms, about: null, what })),
};

/** All violations of a transcript, oldest first. */
export function judge(transcript: Transcript): Violation[] {
  const found = Object.entries(rules).flatMap(([rule, find]) =>
    find(transcript).map((violation) => ({ rule, ...violation })),
  );
  return found.sort((a, b) => a.at - b.at);
}
