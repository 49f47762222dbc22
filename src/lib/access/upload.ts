import type { Refusal } from '#domain/wire/answers.ts';
import type { Outcome } from './api.ts';

/** The type of a list file on its way: no form of another site can send it, and the server reads it as it comes. */
const LIST_FILE = 'application/x-hotlist';

/**
 * Sends a file and tells how far it is, 0..1. fetch cannot tell that, so this is the older request. Never throws for a lost link.
 */
export function uploadList<T>(path: string, file: Blob, told: (share: number) => void): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', path);
    request.setRequestHeader('content-type', LIST_FILE);
    request.responseType = 'text';
    request.upload.onprogress = ({ loaded, total }) => {
      told(total === 0 ? 1 : loaded / total);
    };
    request.onload = () => {
      const answer = jsonOf(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve({ kind: 'ok', value: answer as T });
      else if (isRefusal(answer)) resolve({ kind: 'refused', status: request.status, refusal: answer });
      else resolve({ kind: 'unreachable' });
    };
    request.onerror = request.onabort = () => {
      resolve({ kind: 'unreachable' });
    };
    request.send(file);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isRefusal = (answer: unknown): answer is Refusal =>
  typeof answer === 'object' && answer !== null && 'code' in answer && 'sentence' in answer;
