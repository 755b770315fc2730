import { expect, it } from 'vitest';
import { OpenEdits } from './open-edits.svelte.js';

it('is a draft until the last one is ended', () => {
  const edits = new OpenEdits();
  expect(edits.isDraft).toBe(false);
  const endFirst = edits.begin();
  const endSecond = edits.begin();
  endFirst();
  expect(edits.isDraft).toBe(true);
  endSecond();
  expect(edits.isDraft).toBe(false);
});
