/**
 * Writes down what the rendered pictures are read as now, and says what that changes: npm run golden.
 * Do this when a model or the recognition was changed on purpose, and commit the list together with the change.
 */
import { writeFileSync } from 'node:fs';
import { foldPlate } from '#domain/plate/fold.ts';
import { goldenSet } from '../bench/plates/sets.ts';
import { EXPECTED, expectedReadings, readGoldenPictures, type Readings } from './readings.ts';

await main();
// The engines' threads would keep the process alive.
process.exit();

async function main(): Promise<void> {
  const before = expectedBefore();
  const readings = await readGoldenPictures();
  writeFileSync(EXPECTED, `${JSON.stringify(readings, null, 2)}\n`);
  const pictures = [...goldenSet('scene'), ...goldenSet('closeUp'), ...goldenSet('none')];
  for (const { file, plate } of pictures) {
    if (before[file] !== readings[file])
      console.log(`${file}: ${plate || '(no plate)'}: "${before[file] ?? ''}" -> "${readings[file] ?? ''}"`);
  }
  const right = pictures.filter(({ file, plate }) => foldPlate(readings[file] ?? '') === foldPlate(plate)).length;
  console.log(`${right} of ${pictures.length} pictures are read right.`);
}

function expectedBefore(): Readings {
  try {
    return expectedReadings();
  } catch {
    return {};
  }
}
