import { parse, type Check } from '#domain/check/check.ts';
import { refused, type Prepared } from './door.ts';

/** Hands a proper body on; anything else is refused before it is looked at. */
export async function withBody<T>(
  check: Check<T>,
  body: unknown,
  then: (given: T) => Promise<Prepared> | Prepared
): Promise<Prepared> {
  const parsed = parse(check, body);
  return parsed.kind === 'proper' ? then(parsed.value) : refused(400, 'malformed');
}
