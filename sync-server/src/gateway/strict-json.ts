/**
 * What a JSON body must be before it is parsed: nowhere deeper than DEEPEST, and no record with the same field twice. JSON.parse takes the
 * last of two, other readers the first; whoever is let in by one and judged by the other has found a way around (RFC 8259, section 4).
 */

const DEEPEST = 16;
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_RECORD, CLOSE_RECORD, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Whether a text has a field twice, or is too deep. Text that is no JSON is for the parser to refuse. */
export function isHostileJson(text: string): boolean {
  /** fields so far of each record that is open; null: a list */
  const open: (Set<string> | null)[] = [];
  let mayBeField = false;
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case QUOTE: {
        const end = endOfText(text, at);
        const fields = open.at(-1) ?? null;
        if (mayBeField && fields !== null) {
          const field = fieldIn(text.slice(at, end + 1));
          if (fields.has(field)) return true;
          fields.add(field);
        }
        mayBeField = false;
        at = end;
        break;
      }
      case OPEN_RECORD:
      case OPEN_LIST:
        open.push(text.charCodeAt(at) === OPEN_RECORD ? new Set() : null);
        mayBeField = true;
        if (open.length > DEEPEST) return true;
        break;
      case CLOSE_RECORD:
      case CLOSE_LIST:
        open.pop();
        mayBeField = false;
        break;
      case COMMA:
        mayBeField = true;
        break;
      case COLON:
        mayBeField = false;
        break;
    }
  }
  return false;
}

// Where the text that begins at a quote ends: at the next quote before which the backslashes come in pairs.
function endOfText(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}

// "a" and "\u0061" are the same field.
function fieldIn(written: string): string {
  if (!written.includes('\\')) return written.slice(1, -1);
  try {
    return JSON.parse(written) as string;
  } catch {
    return written;
  }
}
