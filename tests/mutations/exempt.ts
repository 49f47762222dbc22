/** Conditions that no test can notice when they are switched off, because nothing is different then; each with its reason. */
export const NOTICED_BY_NOBODY: readonly {
  readonly file: string;
  readonly condition: string;
  readonly off: 'true' | 'false';
  readonly reason: string;
}[] = [
  {
    file: 'misuse.ts',
    condition: 'looks.length < USUAL_LOOKS',
    off: 'false',
    reason: 'of fewer than twenty looks none is a twentieth: it saves the counting'
  },
  {
    file: 'address-confidentiality.ts',
    condition: 'category !== null',
    off: 'true',
    reason: 'no category is in no list of categories; only the compiler asks'
  },
  {
    file: 'alert-sound.ts',
    condition: 'lastSoundedMs !== undefined',
    off: 'true',
    reason: 'the time since nothing is no number, and no number is less than five minutes; only the compiler asks'
  },
  {
    file: 'holds.ts',
    condition: 'since !== null',
    off: 'true',
    reason: 'a hold in force has a decision; only the compiler does not know it'
  }
];
