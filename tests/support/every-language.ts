/** Loads all languages at once for specs; a process of Perch first loads the language that it is set to. */
import './every-area.js';
import { languages, learn } from '../../messages/messages.js';

await Promise.all(languages.map((language) => learn(language)));
