/** Limits of rules (RULES "A rule"), without zod, for windows. Times are in ms. */
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export const ruleLimits = {
  rules: 200,
  /** The id of a derived rule contains the id of its server. */
  idLength: 400,
  /** Ids of the rule, of the cause and of the server. */
  runIdLength: 1200,
  nameLength: 100,
  textLength: 500,
  /** Steps of a rule, those inside of `if` counted. */
  steps: 30,
  /** Levels of steps inside of `if`. */
  stepLevels: 4,
  /** Parts of one condition, `all`, `any` and `not` counted. */
  conditions: 40,
  conditionLevels: 4,
  /** Times of an event after which a rule acts. */
  repeats: 100,
  /** Longest delay, longest wait, and longest time of "for so long". */
  longestMs: dayMs,
  /** Runs in `atMost`. */
  times: 1000,
  longestWithinMs: 7 * dayMs,
  /** A server "ran before" for this time after its node came back. */
  ranBeforeMs: 30 * minuteMs,
  /** Causes that wait behind a run, and for how long. */
  queued: 10,
  queuedMs: hourMs,
  /** Keys of causes that a rule remembers, and for how long. */
  causes: 500,
  causesMs: 7 * dayMs,
  /** Traces that a rule keeps for a history that takes none, because its disk is full. The newest ones. */
  unstored: 2000,
  /** A planned time may begin this late; after that it was missed. */
  graceMs: 10 * minuteMs,
  /** Missed times that a rule lists. */
  missed: 50,
  /** A delay or a wait that ends later than this, because the computer slept, ends the run. */
  lateMs: 2 * minuteMs,
  /** An order leaves within this time after its decision, or not at all. */
  leaveMs: 10_000,
  /** An order without an answer for so long ends the run as unsure. */
  answerMs: 3 * minuteMs,
  /** Longest wait for the answer to an order that makes room first, behind other servers. */
  slowAnswerMs: 30 * minuteMs,
  /** A step waits this long for its turn at the panel, and for a panel that throttles. */
  turnMs: hourMs,
  /** A step in turn asks a panel that does not answer for so long, and again after `askAgainMs`. */
  unansweredMs: 10 * minuteMs,
  askAgainMs: minuteMs,
  /** Failed runs in a row after which a rule is switched off. */
  failures: 3,
} as const;

/** Greatest age in ms of a value that a condition may use. */
export const oldest = {
  power: 2 * minuteMs,
  usage: 2 * minuteMs,
  /** A process that ran so long ago still runs, unless somebody sees another state. */
  uptime: 10 * minuteMs,
  /** One lost answer between two questions (PLAYERS "When empty"). */
  players: 130_000,
} as const;
