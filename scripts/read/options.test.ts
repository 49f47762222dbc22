import { expect, test } from 'vitest';
import { parseOptions, WrongOptions } from './options.ts';

test('options may stand anywhere, and everything else is a picture or a folder', () => {
  expect(parseOptions(['a.jpg', '--json', '--draw', 'out', 'b'])).toEqual({
    json: true,
    draw: 'out',
    clip: false,
    second: true,
    paths: ['a.jpg', 'b']
  });
});

test('behind -- a file may be called like an option', () => {
  expect(parseOptions(['--clip', '--', '--json'])).toMatchObject({ clip: true, json: false, paths: ['--json'] });
});

test('what makes no sense is refused, not guessed', () => {
  for (const args of [[], ['--json'], ['--jsn', 'a.jpg'], ['a.jpg', '--draw'], ['--draw', '--json', 'a.jpg']]) {
    expect(() => parseOptions(args), args.join(' ')).toThrow(WrongOptions);
  }
});
