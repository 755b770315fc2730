/** The end of a Perch that can't keep anything in its data folder: said to the person, before anything is lost. */
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

/** Says so and ends the process with 1. To be called before Electron is ready. */
export async function endWithoutFolder({
  kind,
  path,
}: {
  kind: keyof typeof sentences;
  path: string;
}): Promise<void> {
  // Chromium can't start without a folder of its own, and a dialog takes Chromium.
  const instead = join(app.getPath('temp'), `perch-${process.pid}`);
  app.setPath('userData', instead);
  await app.whenReady();
  const system = app.getPreferredSystemLanguages();
  const language = languageOf({ setting: 'system', system, forced: undefined });
  // In English then: what is to be said is more than its language.
  await learn(language).catch(() => undefined);
  speak(() => language);
  dialog.showErrorBox(say('failure.start'), say(sentences[kind], { folder: path }));
  await rm(instead, { recursive: true, force: true }).catch(() => undefined);
  app.exit(1);
}
