/*
 * npm run messages: the missing messages of each language, with their English texts. `npm run check` prints their
 * number.
 */
import { isCommand, runCommand } from './setup/failure.mjs';
import { missingMessages, readMessages } from './messages.mjs';

/**
 * A missing translation is no failure, because Perch shows the message in English.
 *
 * @type {import('./steps.mjs').Step}
 */
export const missingMessagesStep = {
  name: 'translations',
  work: async () => {
    const counts = [...missingMessages()].map(([language, ids]) => `${language} ${ids.length}`);
    const note = `said in English: ${counts.join(', ')}; \`npm run messages\` lists them`;
    return { passed: 1, failed: 0, output: '', note };
  },
};

async function list() {
  const english = readMessages('en');
  for (const [language, ids] of missingMessages()) {
    console.log(`${language}: ${ids.length} of ${Object.keys(english).length} messages are said in English`);
    for (const id of ids) console.log(`  ${id}  ${JSON.stringify(english[id])}`);
  }
}

if (isCommand(import.meta.url)) await runCommand(list);
