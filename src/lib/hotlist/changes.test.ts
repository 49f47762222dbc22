import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedLines } from './changes.ts';

const aList = fc
  .dictionary(fc.stringMatching(/^[A-Z0-9-]{1,6}$/), fc.stringMatching(/^[A-Z0-9]{1,8}$/), { maxKeys: 60 })
  .map((plates) =>
    Object.entries(plates)
      .map(([ref, plate]) => `${ref}\t${plate}\tMN\t0`)
      .sort((a, b) => (a < b ? -1 : 1))
  );
const bytesOf = (lines: readonly string[]) => new TextEncoder().encode(lines.map((line) => line + '\n').join(''));

test('a list with its changes is the new list, whatever changed', () => {
  fc.assert(
    fc.property(aList, aList, (before, after) => {
      const removed = before.filter((line) => !after.includes(line)).map((line) => line.slice(0, line.indexOf('\t')));
      const added = after.filter((line) => !before.includes(line)).map((line) => line + '\n');
      expect(changedLines(bytesOf(before), { removed, added: added.join('') })).toEqual(bytesOf(after));
    })
  );
});
