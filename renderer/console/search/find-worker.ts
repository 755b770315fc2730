/** Worker of the search: a slow expression can be terminated and never blocks the window. */
import { findInText, type Query } from './find-in-text.js';

addEventListener('message', (event: MessageEvent<{ text: string; query: Query }>) => {
  postMessage(findInText(event.data.text, event.data.query));
});
