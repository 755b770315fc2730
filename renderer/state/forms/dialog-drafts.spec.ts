import { expect, it } from 'vitest';
import { DialogDrafts } from './dialog-drafts.svelte.js';

it('the form counts as a draft until the last dialog has closed', () => {
  const dialogDrafts = new DialogDrafts();
  expect(dialogDrafts.hasDraft).toBe(false);
  const endFirst = dialogDrafts.begin();
  const endSecond = dialogDrafts.begin();
  endFirst();
  expect(dialogDrafts.hasDraft).toBe(true);
  endSecond();
  expect(dialogDrafts.hasDraft).toBe(false);
});
