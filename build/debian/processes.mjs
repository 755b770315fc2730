import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * @typedef {object} Running
 * @property {number} pid
 * @property {readonly string[]} words of its command line
 * @property {string} uid
 * @property {string} seccomp 2 where system calls are filtered
 * @property {string} pidNamespace
 */

/**
 * All processes of a program.
 *
 * @param {string} executable path as its processes see it
 * @returns {Running[]} in the order of their ids
 */
export function processesOf(executable) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/exe`).endsWith(executable) ? [about(pid)] : [];
      } catch {
        // The process has ended, or is a kernel thread.
        return [];
      }
    });
}

/** @param {string} pid */
function about(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (/** @type {string} */ name) =>
    new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1] ?? '';
  return {
    pid: Number(pid),
    words: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split(/[\0 ]/),
    uid: field('Uid'),
    seccomp: field('Seccomp'),
    pidNamespace: readlinkSync(`/proc/${pid}/ns/pid`),
  };
}

/**
 * Problems with Chromium's sandbox: page processes must run in their own namespace with filtered system calls.
 *
 * @param {readonly Running[]} running
 * @param {string} uid the required user
 * @returns {string[]} one sentence each
 */
export function unprotected(running, uid) {
  const main = running.find(({ words }) => !words.some((word) => word.startsWith('--type=')));
  const pages = running.filter(({ words }) => words.includes('--type=renderer'));
  if (main === undefined || pages.length === 0) return ['There is no process that shows a page.'];
  return [
    ...running.filter((one) => one.uid !== uid).map((one) => `${one.pid} runs as ${one.uid}.`),
    ...running
      .filter(({ words }) => words.includes('--no-sandbox'))
      .map(({ pid }) => `${pid} has --no-sandbox.`),
    ...pages.filter(({ seccomp }) => seccomp !== '2').map(({ pid }) => `${pid} may make any system call.`),
    ...pages
      .filter(({ pidNamespace }) => pidNamespace === main.pidNamespace)
      .map(({ pid }) => `${pid} sees the processes of the system.`),
  ];
}
