/**
 * Rules for workflows beyond GitHub's own. Each rule returns a sentence for each violation.
 *
 * @typedef {{ uses?: string, run?: string, with?: Record<string, unknown> }} Step
 * @typedef {{ 'timeout-minutes'?: number, permissions?: Record<string, string>, strategy?: { matrix: Record<string, unknown> }, steps: Step[] }} Job
 * @typedef {{ permissions?: unknown, concurrency?: unknown, jobs: Record<string, Job> }} Workflow
 */

const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
/** Commands that a step may run besides scripts of package.json: npm itself, and GitHub's own program. */
const others = [/^npm ci$/, /^gh release create /];

/**
 * @param {Workflow} workflow
 * @param {string} text of the workflow
 * @param {readonly string[]} scripts of package.json
 * @returns {string[]}
 */
export function brokenRules(workflow, text, scripts) {
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([name, job]) => job.steps.map((step) => ({ name, step })));
  return [
    ...(isEmpty(workflow.permissions) ? [] : ['The workflow itself has permissions; only jobs may.']),
    ...(workflow.concurrency ? [] : ['It says nothing of concurrency.']),
    ...jobs.flatMap(([name, job]) => brokenByJob(name, job)),
    ...steps.flatMap(({ name, step }) => brokenByStep(name, step, scripts)),
    ...withoutVersion(text),
  ];
}

/**
 * @param {string} name
 * @param {Job} job
 */
function brokenByJob(name, job) {
  return [
    ...(typeof job['timeout-minutes'] === 'number' ? [] : [`${name} has no time limit.`]),
    ...(typeof job.permissions === 'object' ? [] : [`${name} says nothing of permissions.`]),
  ];
}

/**
 * @param {string} name of the job
 * @param {Step} step
 * @param {readonly string[]} scripts
 */
function brokenByStep(name, { uses, run, with: inputs = {} }, scripts) {
  if (uses !== undefined) {
    return [
      ...(pinned.test(uses) ? [] : [`${name} uses ${uses}, which is not pinned by its commit.`]),
      ...(!uses.startsWith('actions/checkout@') || inputs['persist-credentials'] === false
        ? []
        : [`${name} leaves its token in the checkout.`]),
    ];
  }
  const lines = (run ?? '').split('\n').filter((line) => line.trim() !== '');
  return lines.flatMap((line) => [
    // Text from outside (a branch, a title) would become part of the command; a shell variable does not.
    ...(line.includes('${{') ? [`${name} puts an expression into "${line}".`] : []),
    ...(isKnown(line, scripts) ? [] : [`${name} runs "${line}", which is no script of package.json.`]),
  ]);
}

/**
 * @param {string} line
 * @param {readonly string[]} scripts
 */
function isKnown(line, scripts) {
  const script = /^npm (?:run )?([\w:]+)(?: -- .*)?$/.exec(line)?.[1] ?? '';
  return scripts.includes(script) || others.some((other) => other.test(line));
}

/**
 * Pinned actions without a version in a comment. A commit hash does not show its version, and Dependabot updates the
 * version beside it.
 *
 * @param {string} text
 */
function withoutVersion(text) {
  const lines = text.split('\n').filter((line) => /\buses:/.test(line));
  return lines
    .filter((line) => !/ # v\d+\.\d+\.\d+$/.test(line))
    .map((line) => `No version beside "${line.trim()}".`);
}

/** @param {unknown} value */
function isEmpty(value) {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
