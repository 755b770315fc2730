/** Specs speak any language at once; a process of Perch first reads what it is to speak. */
import { languages, learn } from '../../messages/messages.js';

await Promise.all(languages.map((language) => learn(language)));
