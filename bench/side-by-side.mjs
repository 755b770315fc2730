/* Two or three applications that run hidden at the same time, so that other load of the machine meets all of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from './figures.mjs';
import { freePort } from './inspected.mjs';
import { processorOf } from './processes.mjs';
import { environmentOf, run } from './programs.mjs';

const minuteMs = 60_000;
const liveWithinMs = 600_000;

/**
 * @typedef {import('./programs.mjs').Desktop} Desktop
 * @typedef {Awaited<ReturnType<typeof run>> & { port: number }} Running
 */

/** Switches the questions to games off, as the settings would. @param {Desktop} desktop */
export function askNobody(desktop) {
  const settings = { version: 3, settings: { playerQueries: { isOn: false, offAccounts: [] } } };
  writeFileSync(join(environmentOf(desktop, 'perch').PERCH_DATA, 'settings.json'), JSON.stringify(settings));
}

/** @param {Desktop} desktop @param {'perch' | 'bare'} name @returns {Promise<Running>} */
export async function startHidden(desktop, name) {
  const port = await freePort();
  const started = await run(desktop, name, {
    hidden: true,
    restMs: 0,
    flags: [`--inspect-port=${port}`],
  });
  return { ...started, port };
}

/** @param {Running} running @param {number} count */
export async function whenLive(running, count) {
  for (const deadline = performance.now() + liveWithinMs; performance.now() < deadline; await pause(500))
    if (running.connections() >= count) return;
  throw new Error(
    `Only ${running.connections()} connections for ${count} servers after ${liveWithinMs / 1000} s.`,
  );
}

/**
 * Seconds of processor time in each minute, for each of these processes.
 *
 * @param {readonly number[]} pids
 * @param {number} minutes
 */
export async function secondsOfMinutes(pids, minutes) {
  /** @type {number[][]} */
  const seconds = pids.map(() => []);
  for (let minute = 0; minute < minutes; minute++) {
    const began = pids.map((pid) => processorOf(pid).own);
    await pause(minuteMs);
    pids.forEach((pid, at) => seconds[at]?.push(processorOf(pid).own - (began[at] ?? 0)));
  }
  return seconds;
}
