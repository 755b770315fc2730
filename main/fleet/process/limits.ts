/**
 * All clocks of the story of one server's process, in ms: the person's signals, the reports of socket and polls, the
 * crash lines, and the entries of the event log. Several clocks only work in a certain order, which limits.spec.ts
 * asserts.
 */

// Greatest age of sightings

/** Greatest age of a panel's answer (PROTOCOL 2.3). A new poll within this time brings nothing newer. */
export const panelCacheMs = 20_000;
/** Silence after which a socket counts as interrupted, because a running server reports every second. */
export const silentSocketMs = 5000;
/** Time after the last sighting at which a state without a live socket becomes unknown. */
export const unseenMs = 40_000;
/**
 * Tolerance for the age of a process. A changed node clock shifts every age, so a new process must not be older than
 * the time since the last sighting.
 */
export const ageSlackMs = 5000;

// The person's signals

/** A signal without effect for this time explains no later change of the process. */
export const signalWorksMs = 120_000;
/** Time in which a node or panel shows `stopping` after the stop word was typed as a command (PROTOCOL 2.3). */
export const typedStopMs = 20_000;
/** Time in which an end on a live socket counts as requested after Perch's own signal. */
export const ownEndMs = 30_000;
/** Time without an answer after which the row shows that the signal is unanswered. */
export const lateAnswerMs = 1500;
/** Time to wait for an answer. The panel may need 20 s to answer, or to report that its node does not. */
export const answerMs = 50_000;
/**
 * Time without any sign after which Perch gives a signal up. The socket reports at once, the panel up to 20 s late
 * (PROTOCOL 2.3).
 */
export const noSignMs = { live: 15_000, polled: 50_000 };
/** Time without any sign after a lost answer: by then the node has acted or the signal never arrived. */
export const noSignOfLostMs = { live: 15_000, polled: 40_000 };
/**
 * Wings kills a server that has not stopped after 10 minutes (PROTOCOL 4.11). Also the wait for a signal whose outcome
 * nothing shows.
 */
export const slowestStopMs = 10 * 60_000 + 30_000;
/**
 * Time for the start that follows a stop in a restart.
 * Before `starting`, a node reads settings from the panel, disk space and files; it gives up on a silent panel after 20
 * to 30 s (PROTOCOL 4.11.5).
 */
export const restartsWithinMs = 50_000;
/** Time after which a slow restart is left to the state "starting". */
export const restartGraceMs = 3000;

// Crash lines and ends without them

/** Wait for crash lines after an end. Lines and state use separate channels (PROTOCOL 4.12); either may come first. */
export const linesWithinMs = 2000;
/** Lines this shortly before an end may belong to that end (PROTOCOL 4.12.15). */
export const earlyLinesMs = 2000;
/** Time for the node to print its own lines after the end. Without such lines, earlier lines count. */
export const ownLinesMs = 1500;
/** Lines this shortly after a new start may belong to the end before, if that end has none yet. */
export const lateLinesMs = 1000;
/** After a requested end, a line of the process may still be on its way. */
export const askedEndLinesMs = 5000;
/** If the process still runs after `offline`, `running` follows within 0.1 s (PROTOCOL 4.6.13). */
export const falseEndMs = 500;
/** A running server must stop within this time after a daemon line; otherwise the line was not the node's. */
export const stopsAfterLineMs = 2000;
/** Time in which further lines belong to a reported crash, and largest difference between two records of one crash. */
export const sameCrashMs = 5000;
/** Time after crash lines at which a running server counts as recovered. */
export const recoveredMs = 5000;

// Entries of the event log

/**
 * Time in which an end without `stopping` may turn out to be a crash, because its console lines or its crash mark
 * arrive later.
 */
export const untilCrashMs = 3000;
/** Within this time a node that restarts a server starts it again, after reading its data from the panel. */
export const untilStartMs = 1500;
/** A start this soon after a logged stop turns that stop into a restart. */
export const becomesRestartMs = 30_000;
/** Time for a server to start again after a restart by the user; later the end counts as a stop. */
export const ownRestartMs = 60_000;
/** A node starts a crashed server within a second or never. Reading the server's data from the panel takes longer. */
export const nodeStartsWithinMs = 10_000;
