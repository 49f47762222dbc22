// A client-only app: it must start from the service worker's cache with no server in sight.
export const ssr = false;
export const prerender = false;
