/*
 * npm run check: types, lint, format, citations, conflict marks, unit and component tests. `--only NAME` runs one part.
 */
import { citationStep } from './knowledge/step.mjs';
import { conflictStep } from './lint/conflict-marks.mjs';
import { missingMessagesStep } from './missing-messages.mjs';
import { isCommand, runCommand } from './setup/failure.mjs';
import { componentStep, typedLintStep } from './lint/typed-lint.mjs';
import { fingerprint } from './sources.mjs';
import { optionValues, runGroups } from './steps.mjs';
import { toolStep, vitestStep } from './tools.mjs';
import { compileMessages } from './messages.mjs';

/** ESLint's own cache does not see that a rule changed, so each state of the rules has a cache of its own. */
const lintRules = fingerprint([
  'eslint.config.js',
  'build/lint',
  'build/capabilities.mjs',
  'build/import-rules.mjs',
  'docs/import-rules.md',
]).slice(0, 12);

/** Long steps of one thread first, and then those that use every processor, so that no processor waits at the end. */
export const checkSteps = [
  vitestStep('unit'),
  vitestStep('components'),
  toolStep('lint', 'eslint', [
    '.',
    '--max-warnings=0',
    '--cache',
    `--cache-location=.cache/eslint-${lintRules}`,
  ]),
  toolStep('format', 'prettier', [
    '--check',
    '.',
    '--log-level=warn',
    '--cache',
    '--cache-location=.cache/prettier',
  ]),
  typedLintStep,
  componentStep,
  toolStep('unused', 'knip', ['--include', 'files,exports,types,duplicates', '--no-progress']),
  citationStep,
  conflictStep,
  missingMessagesStep,
];

async function check() {
  compileMessages();
  return await runGroups([{ steps: checkSteps, atOnce: 2 }], { only: optionValues('--only') });
}

if (isCommand(import.meta.url)) await runCommand(check);
