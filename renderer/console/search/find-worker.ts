/** The worker that searches, so that a slow expression can be ended and the window never waits for it. */
import { findInText, type Query } from './find-in-text.js';

addEventListener('message', (event: MessageEvent<{ text: string; query: Query }>) => {
  postMessage(findInText(event.data.text, event.data.query));
});
