/** The words that the house avoids, each with the one that it uses. */
const WRONG: readonly { readonly pattern: RegExp; readonly say: string }[] = [
  { pattern: /\bANPR|anpr(?=[A-Z_])/, say: 'ALPR' },
  // "alpr" is fine; "lprReads", "LPR", "LprDevice" are not
  { pattern: /(?<![A-Za-z])(?:LPR|Lpr|lpr)(?![a-z])/, say: 'ALPR' },
  // purge is CouchDB's operation (_purge); what the law asks is to destroy
  { pattern: /(?<!_)purg(?:e|ed|es|ing)/i, say: 'destroy' },
  { pattern: /\b[Hh]ot[ -]list|hotList|HotList|hot_list/, say: 'hotlist' },
  { pattern: /\bsighting/i, say: 'read' },
  { pattern: /\blicence/i, say: 'license' },
  { pattern: /\bnumber ?plate/i, say: 'license plate' }
];

/** Wrong words with their line, as `<line> says "<word>": <the right one>`. Quotations are another's words and stay. */
export function wrongWordsIn(text: string): string[] {
  return text.split('\n').flatMap((line, at) => {
    const own = /CouchDB/.test(line) ? line.replaceAll(/purg\w+/gi, '') : line;
    const unquoted = own.replaceAll(/"[^"]*"|“[^”]*”/g, '""');
    return WRONG.flatMap(({ pattern, say }) => {
      const [word] = pattern.exec(unquoted) ?? [];
      return word === undefined ? [] : [`${at + 1} says "${word}": ${say}`];
    });
  });
}
