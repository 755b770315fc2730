/** Loads all languages and areas at once for specs; a process of Perch first loads the language that it is set to. */
import { languages, learn, learnArea } from '../../messages/messages.js';

await Promise.all([learnArea('command-line'), learnArea('config-forms')]);
await Promise.all(languages.map((language) => learn(language)));
