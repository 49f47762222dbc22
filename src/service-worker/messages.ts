/** What the page may say to a service worker that waits. */
export interface UpdateMessage {
  readonly kind: 'takeOver';
}
