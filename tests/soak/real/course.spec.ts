import { expect, it } from 'vitest';
import { Course } from './course.js';

function signal(by: string, what: string) {
  return { by, before: 'running' as const, what: { signal: what } };
}

function running(): Course {
  const course = new Course();
  course.became(10, 'starting');
  course.became(20, 'running');
  return course;
}

it('a crash is distinguished from an intended end, with its author', () => {
  const course = running();
  course.became(1000, 'offline');
  course.became(1050, 'starting');
  course.became(1100, 'running');
  course.became(2005, 'stopping');
  course.became(3000, 'offline');
  course.did(2000, signal('ada', 'stop'));
  course.became(3100, 'starting');
  course.became(9000, 'stopping');
  course.became(9001, 'offline');
  expect(course.ends).toEqual([
    { at: 1000, kind: 'crash', by: null, from: 'running', hasLines: true },
    { at: 3000, kind: 'wanted', by: 'somebody', from: 'stopping', hasLines: false },
    { at: 9001, kind: 'wanted', by: 'host', from: 'stopping', hasLines: false },
  ]);
});

it('the end of a node is no crash', () => {
  const course = running();
  course.cut(500);
  course.cut(600);
  expect(course.ends).toEqual([{ at: 500, kind: 'wanted', by: 'host', from: 'running', hasLines: false }]);
});

it('an action of Perch counts only if it changed a state', () => {
  const course = running();
  course.did(900, signal('olive', 'start'));
  course.did(1500, { by: 'olive', before: 'running', what: { command: 'say 1' } });
  course.became(1000, 'stopping');
  course.became(1800, 'offline');
  course.did(1000, signal('olive', 'stop'));
  course.did(1900, signal('olive', 'stop'));
  course.did(1950, signal('ada', 'start'));
  course.became(2000, 'starting');
  expect(course.ofPerch).toEqual([
    { at: 1000, what: 'stop' },
    { at: 1500, what: { command: 'say 1' } },
  ]);
  expect(course.ends).toMatchObject([{ by: 'perch' }]);
});
