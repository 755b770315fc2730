/** Ends Perch if its data folder is unusable, with a message, before data is lost. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { app, dialog } from 'electron';
import { learn, say, speak } from '../../../messages/messages.js';
import { languageOf } from '../system/language.js';

const sentences = {
  rights: 'failure.folder',
  links: 'failure.folder-links',
  foreign: 'failure.folder-foreign',
  open: 'failure.folder-open',
} as const;

/** Shows the message and ends the process with code 1. Call before Electron is ready. */
export async function endWithoutFolder({
  kind,
  path,
}: {
  kind: keyof typeof sentences;
  path: string;
}): Promise<void> {
  // The dialog needs Chromium, and Chromium needs a data folder.
  const instead = join(app.getPath('temp'), `perch-${process.pid}`);
  app.setPath('userData', instead);
  await app.whenReady();
  const system = app.getPreferredSystemLanguages();
  const language = languageOf({ setting: 'system', system, forced: undefined });
  // English if the language file cannot be read.
  await learn(language).catch(() => undefined);
  speak(() => language);
  dialog.showErrorBox(say('failure.start'), say(sentences[kind], { folder: path }));
  await rm(instead, { recursive: true, force: true }).catch(() => undefined);
  app.exit(1);
}
