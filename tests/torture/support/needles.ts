/** Secrets as they could lie in a file: each in five encodings. */
export interface Needle {
  /** what it is, in words; the secret itself is never printed */
  readonly what: string;
  readonly encoding: Encoding;
  readonly bytes: Buffer;
}

export const ENCODINGS = ['UTF-8', 'UTF-16', 'base64', 'hexadecimal', 'percent'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** All forms of a secret that a search must look for. */
export function needlesOf(what: string, secret: string | Uint8Array): readonly Needle[] {
  const bytes = typeof secret === 'string' ? Buffer.from(secret, 'utf8') : Buffer.from(secret);
  const forms: (readonly [Encoding, Buffer])[] = [
    ['UTF-8', bytes],
    ...base64Forms(bytes).map((form) => ['base64', Buffer.from(form)] as const),
    ['hexadecimal', Buffer.from(bytes.toString('hex'))],
    ['hexadecimal', Buffer.from(bytes.toString('hex').toUpperCase())],
    ['percent', Buffer.from([...bytes].map((byte) => '%' + byte.toString(16).padStart(2, '0').toUpperCase()).join(''))]
  ];
  if (typeof secret === 'string') {
    forms.push(['UTF-16', Buffer.from(secret, 'utf16le')]);
    if (secret !== encodeURIComponent(secret)) forms.push(['percent', Buffer.from(encodeURIComponent(secret))]);
    if (secret !== secret.toLowerCase()) forms.push(['UTF-8', Buffer.from(secret.toLowerCase())]);
  }
  return forms.map(([encoding, form]) => ({ what, encoding, bytes: form }));
}

/**
 * What base64 makes of the bytes at each of the three places where they can begin in a longer text; the letters at either end
 * that depend on the neighbors are left out. Both alphabets.
 */
function base64Forms(bytes: Buffer): readonly string[] {
  const forms = [0, 1, 2].map((before) => {
    const written = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = before === 0 ? 0 : before + 1;
    const whole = Math.floor(((before + bytes.length) * 8) / 6);
    return written.slice(first, whole);
  });
  return [...new Set(forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')]))];
}

export interface Hit {
  readonly what: string;
  readonly encoding: Encoding;
  /** the file, from the profile on */
  readonly file: string;
}
