/** Worker of the search: a slow expression can be terminated and never blocks the window. */
import { findInText, type Query } from './find-in-text.js';
import type { FindMessage } from './text-finder.js';

const answer = (message: FindMessage): void => postMessage(message);

addEventListener('message', (event: MessageEvent<{ text: string; query: Query }>) => {
  answer({ kind: 'begun' });
  answer(findInText(event.data.text, event.data.query));
});
