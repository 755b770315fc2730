import { expect, it } from 'vitest';
import { windowPlace } from './window-place.js';

const standard = { width: 1280, height: 800 };
const least = { width: 720, height: 440 };
const laptop = { x: 0, y: 28, width: 1440, height: 872 };
const monitor = { x: 1440, y: 0, width: 2560, height: 1400 };
const left = { x: -1920, y: 0, width: 1920, height: 1080 };
const at = (x: number, y: number, width = 1000, height = 700) => ({ x, y, width, height });

it.each([
  ['never opened before: the system chooses the place', null, [laptop], standard],
  ['never opened before, on a small screen', null, [at(0, 0, 1024, 740)], { width: 1024, height: 740 }],
  ['on a screen smaller than its least', null, [at(0, 0, 640, 400)], least],
  ['as it was left', at(200, 100), [laptop], at(200, 100)],
  [
    'as it was left on the second screen',
    at(1600, 50, 2000, 1200),
    [laptop, monitor],
    at(1600, 50, 2000, 1200),
  ],
  ['as it was left on a screen at the left', at(-1500, 40), [laptop, left], at(-1500, 40)],
  ['across two screens, where it was put', at(1200, 100), [laptop, monitor], at(1200, 100)],
  ['its screen is gone', at(1600, 50), [laptop], at(440, 50)],
  ['its screen at the left is gone', at(-1500, 40), [laptop], at(0, 40)],
  [
    'its screen is gone, and what is left is smaller',
    at(1600, 50, 2000, 1200),
    [laptop],
    at(0, 28, 1440, 872),
  ],
  ['its screen has become smaller', at(400, 300, 1400, 900), [at(0, 0, 1280, 720)], at(0, 0, 1280, 720)],
  ['its screen draws everything larger now', at(900, 500), [at(0, 0, 960, 540)], at(0, 0, 960, 540)],
  ['under a bar that was not there', at(200, 0), [laptop], at(200, 28)],
  ['over the lower edge', at(200, 600), [laptop], at(200, 200)],
  [
    'with its upper edge between two screens of different height',
    at(1300, -400),
    [laptop, monitor],
    at(1440, 0),
  ],
  ['no screen at all', at(200, 100), [], standard],
])('%s', (_what, kept, workAreas, place) => {
  expect(windowPlace({ kept, workAreas, standard, least })).toEqual(place);
});
