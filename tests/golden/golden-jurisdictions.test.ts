import { expect, test } from 'vitest';
import { pictureOf } from '../bench/plates/measure.ts';
import { goldenSet } from '../bench/plates/sets.ts';
import { openEngines } from '../../scripts/read/engines.ts';

/** Close-ups whose jurisdiction is named, of those that follow a design. It may only change on purpose. */
const NAMED = '24 25 30 31 32 37 38 41 45 46'.split(' ');
const PATIENCE_MS = 120_000;

test(
  'rendered close-ups that were named are named, and none by a wrong name',
  async () => {
    const { jurisdiction } = await openEngines(false);
    const issued = goldenSet('closeUp').filter((one) => one.jurisdiction !== '');
    const named: string[] = [];
    for (const one of issued) {
      const answer = await jurisdiction?.name(await pictureOf(one), one.plate);
      if (answer?.jurisdiction === 'unknown') continue;
      expect(answer?.jurisdiction, one.file).toBe(one.jurisdiction);
      named.push(one.file.slice(0, 2));
    }
    expect(named).toEqual(NAMED);
  },
  PATIENCE_MS
);
