import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const folder = new URL('../../static/models/', import.meta.url);
const list = JSON.parse(readFileSync(new URL('models.json', folder), 'utf8')) as {
  models: { file: string; sha256: string; bytes: number }[];
};

test('every model is the file whose checksum was written down', () => {
  for (const { file, sha256, bytes } of list.models) {
    const content = readFileSync(new URL(file, folder));
    expect(content.byteLength, file).toBe(bytes);
    expect(createHash('sha256').update(content).digest('hex'), file).toBe(sha256);
  }
});

test('no model ships without a line in the list', () => {
  const shipped = readdirSync(folder).filter((name) => name !== 'models.json');
  expect(shipped.sort()).toEqual(list.models.map((model) => model.file).sort());
});
