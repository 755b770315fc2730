import { expect, it } from 'vitest';
import { FakeBridge } from '../../tests/support/fake-bridge.js';
import { PerchClient } from '../api.js';
import { FirstPicture } from './first-picture.js';

it('the first picture is reported once', () => {
  const bridge = new FakeBridge();
  const picture = new FirstPicture(new PerchClient(bridge));
  picture.isThere();
  picture.isThere();
  expect(bridge.calls.map(({ name }) => name)).toEqual(['window.drawn']);
});
