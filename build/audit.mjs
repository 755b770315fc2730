/*
 * npm run audit: asks npm's registry which packages of package-lock.json have a known hole. Fails for a hole that npm
 * calls moderate or worse. A registry that gives no answer is no failure, because a checkout has to work without a
 * network; the output then says so.
 */
import { isCommand, runCommand } from './setup/failure.mjs';
import { root } from './setup/paths.mjs';
import { run } from './setup/run.mjs';
import { runGroups } from './steps.mjs';

const severe = ['moderate', 'high', 'critical'];
const answerMs = 60_000;

/** @type {import('./steps.mjs').Step} */
export const auditStep = {
  name: 'audit',
  work: async () => {
    const args = ['audit', '--json', '--loglevel=silent', '--fetch-retries=0'];
    const { output, timedOut } = await run('npm', args, { cwd: root, timeoutMs: answerMs });
    return outcomeOf(timedOut ? '' : output);
  },
};

/**
 * @param {string} output of `npm audit --json`
 * @returns {import('./steps.mjs').Outcome}
 */
export function outcomeOf(output) {
  const { vulnerabilities, message } = read(output);
  if (vulnerabilities === undefined) {
    const reason = message ?? 'no answer';
    return { passed: 0, failed: 0, output: '', note: `could not ask the npm registry: ${reason}` };
  }
  const holes = Object.values(vulnerabilities);
  const lines = holes.map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
  const failed = holes.filter(({ severity }) => severe.includes(severity)).length;
  return {
    passed: failed === 0 ? 1 : 0,
    failed,
    output: lines.join('\n'),
    ...(failed === 0 && lines.length > 0 && { note: lines.join(', ') }),
  };
}

/**
 * @typedef {{ name: string, severity: string, range: string }} Hole
 *
 * @param {string} output
 * @returns {{ vulnerabilities?: Record<string, Hole>, message?: string }} empty if the output is no JSON
 */
function read(output) {
  try {
    return JSON.parse(output);
  } catch {
    return {};
  }
}

if (isCommand(import.meta.url)) await runCommand(() => runGroups([{ steps: [auditStep], atOnce: 1 }]));
