import { expect, it } from 'vitest';
import { DialogDrafts } from './dialog-drafts.svelte.js';

it('is a draft until the last one is ended', () => {
  const dialogDrafts = new DialogDrafts();
  expect(dialogDrafts.hasDraft).toBe(false);
  const endFirst = dialogDrafts.begin();
  const endSecond = dialogDrafts.begin();
  endFirst();
  expect(dialogDrafts.hasDraft).toBe(true);
  endSecond();
  expect(dialogDrafts.hasDraft).toBe(false);
});
